"""The figures of the invented case, each worked out by hand."""

from pathlib import Path

import pandas as pd
import pytest
from invented_matter import SHA, make_example

from workbench.appeal.matter import gather
from workbench.errors import BadInput
from workbench.figures import CaseFigures, Ledger, ledger_of, unmarked
from workbench.figures.case_tables import case_tables, moment_table

MOMENTS = pd.DataFrame(
    {
        "at": pd.Timestamp("2026-01-01 10:00"),
        "kind": ["order", "order", "scan", "scan", "scan"],
        "step": ["placed", "placed", "moved", "moved", "moved"],
        "order_id": ["1001", "1002", "1001", "1001", "1002"],
        "group_id": ["G-1", "", "G-1", "G-1", ""],
        "flag": "",
        "source_file": ["aa", "aa", "bb", "bb", "bb"],
        "source_row": [2, 3, 7, 8, 9],
        "event": None,
    }
)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> CaseFigures:
    example = make_example(Path(tmp_path_factory.mktemp("told")) / "case")
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    ledger = ledger_of(matter, example.tables, example.assessment)
    frames = {name: ledger.frame(name) for name in ledger.names}
    origins = pd.DataFrame({"sha256": ["aa", "bb"], "table": ["orders", "shipment_events"]})
    frames["case/moments"] = moment_table(MOMENTS, origins)
    return CaseFigures(Ledger(frames, example.tables))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at_issue", 4),  # 1001, 1002, 1004 and 9999 are named; 1003 and 1005 nobody touched
        ("named", 4),
        ("in_data", 3),  # 9999 is in no file
        ("defend", 1),  # 1001, by its group; 1002 is conceded on its own
        ("concede", 1),
        ("hold", 1),
        ("open", 1),
        ("beside", 1),  # 1003: the screening marks it, nobody named or decided it
        ("in_notice", 4),
        ("attempts_allowed", 3),
        ("attempts_used", 1),
        ("attempt", 2),
        ("attempts_left", 2),
        ("days_left", 2),  # from the 9th, 09:00, to the 12th, 08:00
        ("exhibits", 2),
        ("screened", 5),
        ("cut", -297),  # three are decided, and a table would show 300
    ],
)
def test_figures_of_the_case(figures: CaseFigures, name: str, value: int) -> None:
    assert unmarked(figures.of(name, value)) == str(value)
    if name != "cut":
        with pytest.raises(BadInput, match="told as"):
            figures.of(name, value + 1)


def test_figures_of_a_group(figures: CaseFigures) -> None:
    told = [
        figures.group("G-aaaaaaaa", *one) for one in (("size", 2), ("at_issue", 2), ("defend", 1))
    ]
    assert list(map(unmarked, told)) == ["2", "2", "1"]


def test_figures_of_a_list(figures: CaseFigures) -> None:
    assert unmarked(figures.listed("hold:等称重", ["1004"])) == "1"
    assert unmarked(figures.listed("hold:another reason", ["1001", "1004"])) == "2"
    last = figures.all()[-1].operation
    assert last["where"] == [["order_id", "in", ["1001", "1004"]]]


def test_figures_lead_to_the_export_and_the_notice(figures: CaseFigures) -> None:
    figures.of("defend", 1)
    frame = figures.frame("zh").set_index("name")
    assert frame.sources["已作决定的订单：申辩"] == [
        {"table": "orders", "source_file": SHA, "rows": "2"}
    ]
    figures.of("in_notice", 4)
    (place,) = figures.frame("zh").set_index("name").sources["通知所列订单数"]
    assert (place["table"], place["rows"]) == ("notices", "2–5")


def test_figures_of_moments(figures: CaseFigures) -> None:
    text = "Scanned on the way: 2 orders, 3 times; the last at 2026-01-01 10:00."
    found = figures.moments(text, "moved", "", "")
    ids = list(found.values())
    assert [text[at] for at in found] == ["2", "3"]
    operations = {one.id: one.operation for one in figures.all()}
    assert [operations[one]["aggregate"] for one in ids] == ["count_distinct", "count"]
    rows = figures.frame("en").set_index("id").sources[ids[1]]
    assert rows == [{"table": "shipment_events", "source_file": "bb", "rows": "7–9"}]
    assert figures.moments("4 orders", "moved", "", "") == {}


def test_figures_that_words_name(figures: CaseFigures) -> None:
    told = figures.known("Until 2026-01-12 08:00: 2 whole days left. Attempts left: 2.")
    assert len(told) == 2
    assert figures.known("Until 2027-01-12 08:00: 2 whole days left.") == {}
    assert figures.known("截至 2026-01-12 08:00，还剩 2 个整天。") != {}
    assert figures.known("Attempts left: 7.") == {}


def test_a_case_without_a_notice_has_tables_all_the_same(figures: CaseFigures) -> None:
    class Bare:
        now = pd.Timestamp("2026-01-09")
        notice = None
        orders = contested = pd.DataFrame({"order_id": [], "exhibits": []})
        exhibits = pd.DataFrame(columns=["number", "sha256", "code", "size", "subjects"])

    tables = case_tables(Bare(), {})
    assert {name: len(frame) for name, frame in tables.items()} == {
        "case/orders": 0, "case/notice": 1, "case/named": 0, "case/exhibits": 0,
    }  # fmt: skip
