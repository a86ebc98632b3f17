"""Chats pasted in the layouts that people paste them in."""

import pytest

from tests.load.made import load, loaded, quarantined
from workbench.load.chat import Said, read_chat

ONE = """复制自客户端
小王 2026-1-2 10:11:12
这件还有吗
尺码 M
已读
小店:客服A2026-01-02 10:12:00 已读
有的亲
未读
小店:客服A 2026-1-2 10:13:00
客服A撤回了一条消息
"""


def said(text):
    return [
        (m.row, m.speaker, m.time, m.text)
        for m in read_chat(text.splitlines())
        if isinstance(m, Said)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "小王 2026-1-2 10:11:12\n在吗\n小店:a 2026-1-2 10:12:00\n在",
        "[小王] 2026-1-2 10:11:12\r\n在吗\r\n[小店:a] 2026-1-2 10:12:00\r\n在\r\n",
        "小王 (2026/01/02 10:11:12):\n在吗\n小店:a (2026/01/02 10:12)\n在",
        "小王 --> 小店:a 2026-01-02 10:11:12\n在吗\n小店:a --> 小王 2026-01-02 10:12:00\n在",
        "小王\n2026-01-02 10:11:12\n在吗\n小店:a\n2026年1月2日 10:12:00\n在",
        "2026-01-02\n10:11:12\n在吗\n小王\n10:12:00\n在\n小店:a",
    ],
)
def test_layouts(text):
    assert [row[1:] for row in said(text)] == [
        ("小王", "2026-01-02 10:11:12", "在吗"),
        ("小店:a", "2026-01-02 10:12:00", "在"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_chat_becomes_messages(tmp_path, encoding):
    file = tmp_path / "a.txt"
    file.write_bytes(ONE.encode(encoding))
    [report] = load(tmp_path / "case", file)
    rows = loaded(tmp_path / "case", report)
    assert [(r["source_row"], r["speaker"], str(r["sent_at"]), r["text"]) for r in rows] == [
        (2, "buyer", "2026-01-02 10:11:12", "这件还有吗\n尺码 M"),
        (6, "seller", "2026-01-02 10:12:00", "有的亲"),
        (9, "system", "2026-01-02 10:13:00", "客服A撤回了一条消息"),
    ]
    assert {r["conversation_id"] for r in rows} == {"小王"}
    assert report.rows_skipped == 2
    assert quarantined(tmp_path / "case", report) == [(1, "", "1", "no_speaker")]
    assert (report.table, report.format, report.rows_read) == ("messages", "pasted_chat", 4)


TWO = "阿强 2026-1-2 10:11:12\n在吗\n旗舰店 2026-1-2 10:12:00\n在\n"


@pytest.mark.parametrize(
    ("options", "roles"),
    [
        ({}, []),
        ({"sellers": ["旗舰店"]}, ["buyer", "seller"]),
        ({"case_shop": "旗舰店"}, ["buyer", "seller"]),
    ],
)
def test_who_is_the_seller(tmp_path, options, roles):
    file = tmp_path / "a.txt"
    file.write_text(TWO, "utf-8")
    [report] = load(tmp_path / "case", file, **options)
    assert [r["speaker"] for r in loaded(tmp_path / "case", report)] == roles
    assert report.quarantined_by == ({} if roles else {"speaker_unknown": 2})


def test_several_buyers_leave_the_sellers_conversation_open(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TWO + "小李 2026-1-2 10:13:00\n在吗\n", "utf-8")
    [report] = load(tmp_path / "case", file, sellers=["旗舰店"])
    rows = loaded(tmp_path / "case", report)
    assert [r["conversation_id"] for r in rows] == ["阿强", None, "小李"]


def test_a_table_with_times_at_the_end_of_its_lines_is_no_chat():
    assert said("1,paid,2026-01-02 10:11:12\n2,paid,2026-01-02 10:12:12") == []
