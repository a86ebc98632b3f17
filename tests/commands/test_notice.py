import io
import json
from datetime import datetime
from pathlib import Path

import pytest

from workbench.case import Case, create_case, events
from workbench.cli import main
from workbench.commands import board, notice
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.load import load_files
from workbench.notice import notices, rule_pack
from workbench.tables import read_tables

NOW = datetime(2026, 1, 7, 12)
TEXT = """通知编号：WG12345
平台：淘宝
依据《市场管理规范》第六十四条处理
涉及订单：100001、1000０2、100009
通知时间：2026-01-02 08:30
请您于收到通知之日起7日内提交申诉，仅有1次申诉机会。
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(tmp_path / "firm" / "a", shop="店", platform="taobao", as_of=NOW)
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_id,created_at,status,paid_amount\n"
        "100001,2025-12-01 10:00:00,completed,1\n100002,2025-12-01 10:00:00,completed,1\n",
        "utf-8",
    )
    load_files(
        [file],
        tables_dir=made.tables_dir,
        sources_dir=made.sources_dir,
        zone=made.zone,
        currency=made.currency,
    )
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(TEXT, "utf-8")
    return path


def held(case: Case):
    return notices(read_tables(connect(), case.tables_dir), case)


def test_reading_writes_nothing_and_matches_the_orders(case: Case, file: Path):
    read = notice(case.path, file)
    assert [one.how for one in read.matches] == ["exact", "exact", ""]
    assert read.parsed.value("notice_id") == "WG12345"
    assert (read.recorded, read.notices, read.pack.platform) == (False, (), "taobao")
    assert events(case.database).empty


def test_a_confirmed_notice_is_recorded_with_what_a_person_gave(case: Case, file: Path):
    read = notice(
        case.path,
        file,
        given={
            "received_at": "2026-01-04",
            "attempts_used": "0",
            "orders_corrected": "100009=100002",
        },
        rules={"appeal_days": "7"},
        confirm=True,
        who="Li",
    )
    (one,) = read.notices
    assert (one.notice_id, one.attempts_used, one.text) == ("WG12345", 0, TEXT)
    assert one.appeal_deadline == datetime(2026, 1, 11, 23, 59, 59)
    assert one.order_ids == ("100001", "100002")
    assert (read.pack.appeal_days.value, read.pack.appeal_days.confirmed) == (7, True)
    assert rule_pack("taobao", case).appeal_days.confirmed_by == "Li"


def test_fields_alone_need_the_number_of_the_notice(case: Case):
    with pytest.raises(BadInput, match="which notice"):
        notice(case.path, given={"attempts_used": "0"}, confirm=True, who="Li")
    notice(case.path, given={"attempts_used": "0", "notice_id": "N"}, confirm=True, who="Li")
    assert held(case)[0].attempts_used == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"given": {"colour": "red", "points": "x"}}, "colour"),
        ({"confirm": True}, "needs a name"),
        ({"rules": {"appeal_days": "7"}}, "by a person"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(case: Case, file: Path, more, told: str):
    with pytest.raises(BadInput, match=told):
        notice(case.path, file, **more)
    assert events(case.database).empty


def test_the_command_line_reads_shows_and_records(
    case: Case, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    arguments = ["notice", "--case", str(case.path), "-", "--language", "en"]
    monkeypatch.setattr("sys.stdin", io.StringIO(TEXT))
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "WG12345" in shown
    assert "100009 is not in the loaded data" in shown
    assert "To be confirmed or filled in" in shown
    assert "unverified" in shown
    monkeypatch.setattr("sys.stdin", io.StringIO(TEXT))
    assert main([*arguments, "--confirm", "--who", "Li", "--set", "attempts_used=0"]) == 0
    assert "Confirmed by Li" in capsys.readouterr().out
    assert main(["notice", "--case", str(case.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["notices"][0]["notice_id"] == "WG12345"
    assert main([*arguments[:3], "--set", "wrong"]) == 2


def test_the_board_of_a_folder_says_one_where_evidence_is_missing(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "firm" / "b").mkdir()
    given = {"notice_id": "N", "appeal_deadline": "2026-01-20", "order_ids": "100001"}
    notice(case.path, given=given, confirm=True, who="Li")
    assert main(["board", str(tmp_path / "firm")]) == 0
    notice(case.path, given=given | {"appeal_deadline": "2026-01-09"}, confirm=True, who="Li")
    out = tmp_path / "board.html"
    assert main(["board", str(tmp_path / "firm"), "--out", str(out), "--language", "en"]) == 1
    assert "urgent: evidence is missing" in capsys.readouterr().out
    page = out.read_text("utf-8")
    assert "http-equiv" in page
    assert "default-src 'none'" in page
    assert main(["board", str(tmp_path / "firm"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["rows"][0]["missing"]) == (False, 1)


def test_a_board_that_cannot_be_written_is_told(case: Case, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="cannot be written"):
        board([case.path], out=tmp_path / "file" / "board.html")
