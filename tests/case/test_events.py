import hashlib
import json
import sqlite3
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.case import append, events, head, verify_chain
from workbench.case import database as database_module
from workbench.case.events import FIRST_HASH, canonical_json
from workbench.errors import BadInput


@pytest.fixture
def database(tmp_path):
    return tmp_path / "case.db"


def note(database, text="seen", who="li"):
    return append(
        database, who=who, kind="note", subject_kind="order", subject_id="1", body={"text": text}
    )


def test_no_file_is_no_event_and_makes_no_file(database):
    assert len(events(database)) == 0
    assert verify_chain(database) == []
    assert head(database) == FIRST_HASH
    assert not database.exists()


def test_an_event_is_there_with_all_it_says(database):
    note(database, "二")
    row = events(database).iloc[0]
    assert row["seq"] == 1
    assert row["body"] == '{"text":"二"}'
    assert row[["who", "kind", "subject_kind", "subject_id"]].tolist() == [
        "li",
        "note",
        "order",
        "1",
    ]
    assert str(events(database)["at"].dtype) == "datetime64[us, UTC]"


def test_the_hash_is_sha256_of_the_canonical_json_of_all_other_fields(database):
    first, second = note(database), note(database)
    assert first.previous_hash == "0" * 64
    assert second.previous_hash == first.hash
    text = (
        f'{{"at":"{second.at}","body":"{{\\"text\\":\\"seen\\"}}","kind":"note",'
        f'"previous_hash":"{first.hash}","seq":2,"subject_id":"1","subject_kind":"order",'
        '"who":"li"}'
    )
    assert second.hash == hashlib.sha256(text.encode()).hexdigest()
    assert head(database) == second.hash


def test_times_keep_microseconds_and_name_utc(database):
    assert len(note(database).at) == len("2026-01-01T00:00:00.000000+00:00")
    assert note(database).at.endswith("+00:00")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET who = 'x'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT 1, at, 'x', kind, subject_kind, subject_id, body, "
        "previous_hash, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 9, at, 'x', kind, subject_kind, subject_id, body, "
        "previous_hash, hash FROM events WHERE seq = 1",
    ],
)
def test_the_database_refuses_to_change_an_event(database, statement):
    note(database)
    connection = sqlite3.connect(database)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert verify_chain(database) == []


def tampered(database, statement):
    connection = sqlite3.connect(database)
    for trigger in ("events_stay", "events_remain", "events_follow"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.commit()
    connection.close()
    return [(problem.where, problem.what) for problem in verify_chain(database)]


CHANGED = "The event was changed after it was written"


@pytest.mark.parametrize(
    "column", ["at", "who", "kind", "subject_kind", "subject_id", "body", "hash"]
)
def test_a_change_of_any_field_shows_at_its_event(database, column):
    for _ in range(3):
        note(database)
    found = tampered(database, f"UPDATE events SET {column} = 'x' WHERE seq = 2")
    assert ("case.db, event 2", CHANGED) in found
    assert not any(where.endswith("event 1") for where, _ in found)


def test_a_change_to_what_is_no_text_shows(database):
    note(database)
    assert tampered(database, "UPDATE events SET body = x'00ff'") == [("case.db, event 1", CHANGED)]


def test_a_removed_event_shows(database):
    for _ in range(3):
        note(database)
    found = tampered(database, "DELETE FROM events WHERE seq = 2")
    assert found == [("case.db, event 3", "Event 2 is missing")]


def test_a_change_with_its_hash_made_new_shows_at_the_next(database):
    for _ in range(3):
        note(database)
    row = events(database).iloc[1]
    record = {**row.drop(["hash", "at"]).to_dict(), "at": "x", "who": "someone else"}
    digest = hashlib.sha256(canonical_json(record).encode()).hexdigest()
    found = tampered(
        database,
        f"UPDATE events SET who = 'someone else', at = 'x', hash = '{digest}' WHERE seq = 2",
    )
    assert found == [("case.db, event 3", "The event does not follow from the one before it")]


def test_events_cut_off_at_the_end_show_by_the_head(database):
    note(database)
    kept = note(database).hash
    assert tampered(database, "DELETE FROM events WHERE seq = 2") == []
    assert head(database) != kept


def _append_many(database, who, count):
    for _ in range(count):
        note(database, who=who)


def test_writers_in_several_processes_make_one_chain(database):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_append_many, database, who, 15) for who in ("li", "wang")]
        for job in jobs:
            job.result()
    found = events(database)
    assert found["seq"].tolist() == list(range(1, 31))
    assert found["who"].value_counts().to_dict() == {"li": 15, "wang": 15}
    assert verify_chain(database) == []


def test_threads_that_start_the_database_together_make_one_chain(database):
    barrier = threading.Barrier(4)

    def write():
        barrier.wait()
        note(database)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert events(database)["seq"].tolist() == [1, 2, 3, 4]
    assert verify_chain(database) == []


def test_a_locked_database_speaks(database, monkeypatch):
    note(database)
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.01)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BadInput, match="Another process is writing"):
        note(database)
    assert len(events(database)) == 1
    other.execute("ROLLBACK")
    other.close()


def test_a_file_that_is_no_database_speaks_and_stays(database):
    database.write_bytes(b"no database at all" * 100)
    for use in (events, note, verify_chain):
        with pytest.raises(BadInput, match="not a case database"):
            use(database)
    assert database.read_bytes() == b"no database at all" * 100


def test_another_program_s_database_speaks_and_stays(database):
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE events (seq)")
    connection.close()
    before = database.read_bytes()
    for use in (events, note):
        with pytest.raises(BadInput, match="not one of a case"):
            use(database)
    assert database.read_bytes() == before


def test_a_file_that_is_only_just_being_made_has_no_events(database):
    database.touch()
    assert len(events(database)) == 0
    note(database)
    assert len(events(database)) == 1


def test_nothing_but_the_database_is_left_behind(database):
    note(database)
    events(database)
    assert [path.name for path in database.parent.iterdir()] == ["case.db"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"who": " "}, "'who'"),
        ({"kind": ""}, "'kind'"),
        ({"subject_kind": "shop"}, "'shop'"),
        ({"body": {"x": float("nan")}}, "JSON"),
        ({"subject_id": "\ud800"}, "JSON"),
    ],
)
def test_what_is_no_event_is_refused(database, wrong, says):
    right = {"who": "li", "kind": "note", "subject_kind": "case"}
    with pytest.raises(BadInput, match=says):
        append(database, **{**right, **wrong})
    assert len(events(database)) == 0


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None)
@given(bodies=st.lists(st.dictionaries(st.sampled_from("abc"), values, max_size=3), max_size=4))
def test_any_body_comes_back_and_the_chain_holds(tmp_path_factory, bodies):
    database = tmp_path_factory.mktemp("any") / "case.db"
    for body in bodies:
        append(database, who="li", kind="note", subject_kind="case", body=body)
    assert [json.loads(text) for text in events(database)["body"]] == bodies
    assert verify_chain(database) == []


def test_canonical_json_has_one_form():
    assert canonical_json({"b": 1, "a": ["二", None]}) == '{"a":["二",null],"b":1}'
