import json
import shutil
from datetime import date

import pytest

from workbench.case import append, create_case, decide, open_case
from workbench.cli import main
from workbench.commands.record import record


@pytest.fixture
def case(tmp_path):
    made = create_case(tmp_path / "case")
    say(made, "defend", "li")
    return made


def say(case, decision, who):
    decide(case, subject="order", subject_id="1", decision=decision, reason="seen", who=who)


def run(capsys, *arguments):
    code = main([str(one) for one in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_record_lists_events_and_says_that_the_chain_holds(case, capsys):
    code, out, _ = run(capsys, "record", "--case", case.path)
    assert code == 0
    assert "li: decision of order 1" in out
    assert "1 events. The chain holds." in out


def test_a_broken_chain_says_no_and_names_the_event(case, capsys):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(case.path / "case.db")) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("UPDATE events SET who = 'x'")
    code, out, _ = run(capsys, "record", "--case", case.path, "--json")
    told = json.loads(out)
    assert code == 1
    assert told["ok"] is False
    assert told["problems"][0]["where"] == "case.db, event 1"


def test_an_earlier_day_ends_at_the_shop_s_midnight(case):
    at = record(case.path).events["at"].iloc[0].tz_convert(case.zone)
    assert len(record(case.path, at.date()).events) == 1
    assert len(record(case.path, date(2020, 1, 1)).events) == 0


def test_copies_are_merged_and_what_came_is_told(case, capsys, tmp_path):
    shutil.copytree(case.path, tmp_path / "copy")
    say(open_case(tmp_path / "copy"), "hold", "wang")
    code, out, _ = run(capsys, "merge", "--case", case.path, tmp_path / "copy", "--who", "li")
    assert code == 0
    assert out == "1 events and 0 evidence files came over.\n"
    assert len(record(case.path).events) == 3


def test_two_cases_are_not_merged_and_the_reason_is_told(case, capsys, tmp_path):
    other = create_case(tmp_path / "other")
    code, _, err = run(capsys, "merge", "--case", case.path, other.path, "--who", "li")
    assert code == 2
    assert "two different cases" in err


def test_a_purge_can_be_seen_before_it_is_done(case, capsys):
    case.sources_dir.mkdir()
    (case.sources_dir / "ab").write_text("orders")
    code, out, _ = run(capsys, "purge", "--case", case.path, "--dry-run")
    assert code == 0
    assert "Would remove 1 files (6 bytes)" in out
    assert (case.sources_dir / "ab").exists()
    arguments = ("purge", "--case", case.path, "--reason", "closed", "--who", "li", "--json")
    code, out, _ = run(capsys, *arguments)
    assert json.loads(out)["files"] == [["sources/ab", 6]]
    assert not (case.sources_dir / "ab").exists()


def test_retention_says_no_once_the_day_is_over(case, capsys):
    code, _, err = run(capsys, "retention", "--case", case.path)
    assert code == 2
    assert "Nobody has said yet" in err
    arguments = ("retention", "--case", case.path, "--reason", "limitation", "--who", "li")
    assert run(capsys, *arguments, "--until", "2999-01-31")[0] == 0
    code, out, _ = run(capsys, *arguments, "--until", "2020-01-31")
    assert code == 1
    assert "workbench purge" in out


def test_a_clock_is_said_to_be_right(case, capsys):
    arguments = ("clock", "--case", case.path, "--reason", "battery", "--who", "li")
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert "Written down" in out
    assert record(case.path).events["kind"].tolist() == ["decision", "clock"]


def test_all_subjects_of_the_record_are_listed(case, capsys):
    body = {"text": "note"}
    append(case.database, who="li", kind="note", subject_kind="case", body=body)
    _, out, _ = run(capsys, "record", "--case", case.path)
    assert "li: note of case\n" in out
