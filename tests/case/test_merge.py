import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from workbench.case import (
    append,
    attach,
    create_case,
    decide,
    decisions,
    events,
    evidence_files,
    open_case,
    verify_chain,
)
from workbench.case.merge import merge
from workbench.case.purge import purge
from workbench.errors import BadInput


@pytest.fixture
def case(tmp_path):
    made = create_case(tmp_path / "one")
    note(made, "together")
    return made


@pytest.fixture
def other(case, tmp_path):
    shutil.copytree(case.path, tmp_path / "two")
    return open_case(tmp_path / "two")


def note(case, text, who="li"):
    body = {"text": text}
    return append(case.database, who=who, kind="note", subject_kind="case", body=body)


def say(case, decision, who):
    return decide(case, subject="order", subject_id="1", decision=decision, reason="seen", who=who)


def texts(case):
    bodies = [json.loads(body) for body in events(case.database)["body"]]
    return [body.get("text", "") for body in bodies]


def test_what_both_did_is_in_the_merged_case(case, other):
    note(case, "mine")
    theirs = note(other, "theirs", who="wang")
    before = events(other.database)["hash"].tolist()
    done = merge(case, other, who="li")
    assert done.events == 1
    assert texts(case) == ["together", "mine", "theirs", ""]
    row = events(case.database).iloc[2]
    assert (row["who"], row["identity"]) == ("wang", theirs.hash)
    assert row["at"].isoformat() == theirs.at
    assert row["added_at"] > row["at"]
    assert verify_chain(case.database) == []
    assert events(other.database)["hash"].tolist() == before


def test_merging_again_adds_nothing_and_merging_back_makes_them_equal(case, other):
    note(case, "mine")
    note(other, "theirs")
    merge(case, other, who="li")
    assert merge(case, other, who="li").events == 0
    merge(other, case, who="wang")
    assert sorted(texts(other)) == sorted([*texts(case)])
    assert merge(case, other, who="li").events == 0
    assert verify_chain(other.database) == []


def test_the_merge_says_where_they_parted(case, other):
    parted = events(case.database)["hash"].iloc[-1]
    note(case, "mine")
    theirs = note(other, "theirs")
    merge(case, other, who="li")
    last = events(case.database).iloc[-1]
    assert last["kind"] == "merge"
    assert json.loads(last["body"]) == {
        "events": 1,
        "last_common": parted,
        "other_head": theirs.hash,
    }


def test_decisions_of_both_stay_in_the_case(case, other):
    say(case, "defend", "li")
    say(other, "concede", "wang")
    merge(case, other, who="li")
    kinds = events(case.database)
    told = kinds.loc[kinds["kind"] == "decision", ["who", "body"]]
    assert [(who, json.loads(body)["decision"]) for who, body in told.to_numpy()] == [
        ("li", "defend"),
        ("wang", "concede"),
    ]
    assert len(decisions(case)) == 1


def test_evidence_files_come_along(case, other):
    attach(other, b"slip", "slip.png", subject="case", who="wang")
    done = merge(case, other, who="li")
    (row,) = evidence_files(case).to_dict("records")
    assert (row["name"], done.files) == ("slip.png", (row["sha256"],))
    assert (case.evidence_dir / row["sha256"]).read_bytes() == b"slip"
    assert [path.name for path in case.evidence_dir.iterdir()] == [row["sha256"]]


def test_sources_that_only_the_other_loaded_are_named(case, other):
    other.sources_dir.mkdir()
    (other.sources_dir / ("ab" * 32)).write_text("orders")
    note(other, "theirs")
    assert merge(case, other, who="li").only_there == ("ab" * 32,)
    assert not case.sources_dir.exists()


def test_what_the_other_purged_is_purged_here(case, other):
    purge(other, reason="closed", who="wang")
    merge(case, other, who="li")
    assert texts(case)[0] == "▒"
    assert verify_chain(case.database) == []


@pytest.mark.parametrize("broken", ["case", "other"])
def test_a_broken_chain_is_refused_and_changes_nothing(case, other, broken):
    note(other, "theirs")
    for made in (case, other):
        note(made, "more")
    target = case if broken == "case" else other
    with closing(sqlite3.connect(target.path / "case.db")) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("UPDATE events SET who = 'x' WHERE seq = 2")
    count = len(events(case.database))
    with pytest.raises(BadInput, match="changed after it was written"):
        merge(case, other, who="li")
    assert len(events(case.database)) == count


def test_an_event_of_the_other_that_was_made_up_shows_after_the_merge(case, other):
    note(case, "mine")
    note(other, "theirs")
    merge(case, other, who="li")
    with closing(sqlite3.connect(case.path / "case.db")) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        row = connection.execute("SELECT origin FROM events WHERE seq = 3").fetchone()
        origin = {**json.loads(row[0]), "at": "2020-01-01T00:00:00.000000+00:00"}
        connection.execute("UPDATE events SET origin = ? WHERE seq = 3", [json.dumps(origin)])
    assert "The event was changed after it was written" in [
        problem.what for problem in verify_chain(case.database)
    ]


def test_evidence_that_was_changed_there_is_refused(case, other):
    file = attach(other, b"slip", "slip.png", subject="case", who="wang")
    file.path.write_bytes(b"slap")
    with pytest.raises(BadInput, match="not what it was"):
        merge(case, other, who="li")
    assert texts(case) == ["together"]


def test_two_different_cases_are_refused(case, tmp_path):
    stranger = create_case(tmp_path / "stranger")
    note(stranger, "theirs")
    with pytest.raises(BadInput, match="two different cases"):
        merge(case, stranger, who="li")
    with pytest.raises(BadInput, match="the case itself"):
        merge(case, case, who="li")


def test_copies_with_two_keys_are_refused(case, other):
    note(other, "theirs")
    (case.path / "mask.key").write_bytes(b"a" * 32)
    (other.path / "mask.key").write_bytes(b"b" * 32)
    with pytest.raises(BadInput, match="different keys"):
        merge(case, other, who="li")
    (case.path / "mask.key").unlink()
    merge(case, other, who="li")
    assert (case.path / "mask.key").read_bytes() == b"b" * 32
