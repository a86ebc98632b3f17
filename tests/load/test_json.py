"""JSON: documents, lists and lines; what nests is a dotted path."""

import json
from datetime import datetime

import pytest

from tests.load.made import load, loaded, quarantined
from workbench.errors import BadInput
from workbench.load import recognise_file

KUAIDI = {
    "message": "ok",
    "data": [
        {"ftime": "2026-01-03 10:00:00", "context": "已签收", "status": "签收", "areaName": "杭州"},
        {"ftime": "2026-01-02 09:00:00", "context": "已揽收", "status": None},
    ],
    "nu": "YT0001",
}
KDNIAO = {
    "LogisticCode": "SF1",
    "Traces": [
        {"AcceptTime": "2026-01-02 09:00:00", "AcceptStation": "收件", "Action": "1"},
        {"AcceptTime": "2026-01-03 09:00:00", "AcceptStation": "?", "Action": "999"},
    ],
}
CAINIAO = {
    "mailNo": "C1",
    "fullTraceDetail": [{"time": "2026-01-02 09:00:00", "desc": "x", "statusDesc": "已揽件"}],
}
EVENTS = [
    {"time_utc": "2026-01-02T03:04:05Z", "description": "x", "stage": "Delivered"},
    {"time_iso": "2026-01-01T22:04:05-05:00", "description": "y", "stage": "Odd"},
]
TRACK = {
    "code": 0,
    "data": {
        "accepted": [
            {"number": "R1", "track_info": {"tracking": {"providers": [{"events": EVENTS}]}}}
        ]
    },
}


def put(path, value, lines=False):
    text = "\n".join(map(json.dumps, value)) if lines else json.dumps(value, ensure_ascii=False)
    path.write_text(text, "utf-8")
    return path


def scans(case, report):
    return [
        (r["tracking_no"], str(r["occurred_at"]), r.get("status"), r["text"])
        for r in loaded(case, report)
    ]


@pytest.mark.parametrize(
    ("value", "form", "rows"),
    [
        (
            KUAIDI,
            "kuaidi100",
            [
                ("YT0001", "2026-01-03 10:00:00", "签收", "已签收"),
                ("YT0001", "2026-01-02 09:00:00", None, "已揽收"),
            ],
        ),
        (
            KDNIAO,
            "kdniao",
            [
                ("SF1", "2026-01-02 09:00:00", "picked up (已揽收)", "收件"),
                ("SF1", "2026-01-03 09:00:00", "999", "?"),
            ],
        ),
        (CAINIAO, "cainiao", [("C1", "2026-01-02 09:00:00", "已揽件", "x")]),
        (
            TRACK,
            "seventeen_track",
            [
                ("R1", "2026-01-02 11:04:05", "delivered (成功签收)", "x"),
                ("R1", "2026-01-02 11:04:05", "Odd", "y"),
            ],
        ),
    ],
)
@pytest.mark.parametrize("shape", ["one", "list", "lines"])
def test_tracking(tmp_path, value, form, rows, shape):
    several = value if shape == "one" else [value, value]
    file = put(tmp_path / "a.txt", several, lines=shape == "lines")
    [report] = load(tmp_path / "case", file)
    assert report.format == form
    assert scans(tmp_path / "case", report) == (rows if shape == "one" else rows + rows)


def test_numbers_keep_every_digit_and_lines_their_number(tmp_path):
    head = '{"order_id": 240728699116526469, "created_at": "2026-01-02", "status": "paid", '
    lines = [
        head + '"paid_amount": 12.10, "x": [1, {"a": 2}]}',
        "",
        "{broken",
        head + '"paid_amount": 1e2}',
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    [report] = load(tmp_path / "case", file)
    rows = loaded(tmp_path / "case", report)
    assert [(r["order_id"], str(r["paid_amount"]), r["source_row"]) for r in rows] == [
        ("240728699116526469", "12.1000", 1),
        ("240728699116526469", "100.0000", 4),
    ]
    assert quarantined(tmp_path / "case", report) == [(3, "", "0", "misshapen")]
    assert report.columns_unused == ["x"]


def test_a_waybill_without_scans_is_told(tmp_path):
    [report] = load(
        tmp_path / "case", put(tmp_path / "a.json", [KDNIAO, {"LogisticCode": "SF2", "Traces": []}])
    )
    assert (report.rows_read, report.quarantined_by) == (3, {"no_records": 1})


@pytest.mark.parametrize(
    "table",
    [("订单编号", "评价内容", "评价时间", "评分"), ("order_id", "text", "posted_at", "rating")],
)
def test_usual_names(tmp_path, table):
    value = [dict(zip(table, ("1", "好", "2026-01-02 10:00:00", 5), strict=True))]
    for number, shape in enumerate((value, {"code": 0, "data": {"list": value}})):
        found = recognise_file(put(tmp_path / f"{number}.json", shape))
        assert found.form.table == "reviews"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (json.dumps(KUAIDI)[:-20], "cut off"),
        ("[" * 100_000, "nested deeper"),
        ('{"a":' * 100_000, "nested deeper"),
        ('[{"order_id": "1", "order_id": "2"}]', "twice"),
        ('{"error": "x"}', "no list of records"),
        ("[]", "no list of records"),
        ('[{"a": 1}]', "headers"),
    ],
)
def test_json_that_is_refused(tmp_path, text, told):
    file = tmp_path / "a.json"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=told):
        load(tmp_path / "case", file)


def test_half_a_character_is_shown_as_it_was_escaped(tmp_path):
    lines = [
        '{"speaker": "buyer", "sent_at": "2026-01-02 10:00:00", "text": "a\\ud800"}',
        '{"speaker": "seller", "sent_at": "2026-01-02 10:01:00", "text": "b"}',
    ]
    file = tmp_path / "a.json"
    file.write_text("\n".join(lines), "utf-8")
    [report] = load(tmp_path / "case", file)
    first = loaded(tmp_path / "case", report)[0]
    assert first["text"] == "a\\ud800"
    assert first["sent_at"] == datetime(2026, 1, 2, 10)


def test_a_text_of_megabytes_is_one_cell(tmp_path):
    value = [{"speaker": "buyer", "sent_at": "2026-01-02 10:00:00", "text": "连" * (2 << 20)}]
    file = tmp_path / "a.json"
    file.write_text(json.dumps(value), "utf-8")
    [report] = load(tmp_path / "case", file)
    assert len(loaded(tmp_path / "case", report)[0]["text"]) == 2 << 20
