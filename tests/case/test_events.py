import hashlib
import json
import secrets
import sqlite3
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postgres_here import postgres_url

from workbench.case import append, append_many, events, head, verify_chain
from workbench.case.event import FIRST_HASH, canonical_json
from workbench.case.postgres_store import PostgresStore
from workbench.case.sqlite_store import SqliteStore
from workbench.errors import BadInput

FORMER = "2026-01-01T00:00:00.000000+00:00"
# The room gives its function this name too.
events_module = sys.modules["workbench.case.events"]


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path):
    if request.param == "sqlite":
        return SqliteStore(tmp_path / "case.db")
    return PostgresStore(postgres_url(), secrets.token_hex(8))


def note(database, text="seen", who="li"):
    return append(
        database, who=who, kind="note", subject_kind="order", subject_id="1", body={"text": text}
    )


def test_no_database_is_no_event_and_makes_none(database, tmp_path):
    assert len(events(database)) == 0
    assert verify_chain(database) == []
    assert head(database) == FIRST_HASH
    assert list(tmp_path.iterdir()) == []


def test_an_event_is_there_with_all_it_says(database):
    note(database, "二")
    row = events(database).iloc[0]
    assert row["seq"] == 1
    assert row["body"] == '{"text":"二"}'
    told = row[["who", "kind", "subject_kind", "subject_id"]].tolist()
    assert told == ["li", "note", "order", "1"]
    assert row["identity"] == row["hash"]
    assert row["added_at"] == row["at"]
    assert str(events(database)["at"].dtype) == "datetime64[us, UTC]"


def test_the_hash_is_sha256_of_the_canonical_json_of_the_fields_that_are_bound(database):
    first, second = note(database), note(database)
    assert first.previous_hash == "0" * 64
    assert second.previous_hash == first.hash
    body = hashlib.sha256(f'{second.salt}\n{{"text":"seen"}}'.encode()).hexdigest()
    text = (
        f'{{"at":"{second.at}","body_hash":"{body}","kind":"note","origin":"",'
        f'"previous_hash":"{first.hash}","seq":2,"subject_id":"1","subject_kind":"order",'
        '"who":"li"}'
    )
    assert second.hash == hashlib.sha256(text.encode()).hexdigest()
    assert head(database) == second.hash


def test_equal_bodies_cannot_be_told_by_their_hashes(database):
    assert note(database).body_hash != note(database).body_hash


def test_times_keep_microseconds_and_name_utc(database):
    assert len(note(database).at) == len(FORMER)
    assert note(database).at.endswith("+00:00")


def test_several_events_are_written_together(database):
    one = {"who": "li", "kind": "note", "subject_kind": "case"}
    added = append_many(database, [{**one, "body": {"text": text}} for text in "ab"])
    assert [event.seq for event in added] == [1, 2]
    assert [json.loads(body)["text"] for body in events(database)["body"]] == ["a", "b"]
    assert verify_chain(database) == []


def test_of_several_events_one_wrong_one_keeps_all_out(database):
    one = {"who": "li", "kind": "note", "subject_kind": "case"}
    with pytest.raises(BadInput) as refused:
        append_many(database, [{**one, "body": {"text": "a"}}, one, {**one, "who": ""}])
    assert len(refused.value.problems) == 2
    assert len(events(database)) == 0


def test_a_check_inside_the_transaction_takes_everything_back(database):
    note(database)

    def check():
        assert len(events(database)) == 1
        raise BadInput("Somebody was first")

    with pytest.raises(BadInput, match="Somebody was first"):
        append_many(
            database,
            [{"who": "li", "kind": "note", "subject_kind": "case", "body": {"text": "b"}}],
            check=check,
        )
    assert len(events(database)) == 1
    note(database)
    assert verify_chain(database) == []


def test_an_earlier_day_is_told_as_it_was(database):
    note(database, "a")
    between = datetime.now(UTC)
    note(database, "b")
    assert events(database, between)["body"].tolist() == ['{"text":"a"}']
    assert len(events(database, between - timedelta(days=1))) == 0
    assert len(events(database)) == 2


class Clock(datetime):
    """A clock that stands where a test puts it."""

    stands = datetime(2026, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.stands


def test_a_clock_that_went_back_writes_nothing_until_a_person_says_it_is_right(
    database, monkeypatch
):
    note(database)
    monkeypatch.setattr(events_module, "datetime", Clock)
    with pytest.raises(BadInput, match="clock says 2026-01-01 00:00 UTC") as refused:
        note(database)
    assert "workbench clock" in refused.value.problems[0].do
    assert len(events(database)) == 1
    body = {"reason": "the old clock ran a year ahead"}
    append(database, who="li", kind="clock", subject_kind="case", body=body)
    note(database)
    assert events(database)["kind"].tolist() == ["note", "clock", "note"]
    assert verify_chain(database) == []


def test_clocks_of_two_computers_may_differ_by_minutes(database, monkeypatch):
    first = note(database)
    at = datetime.fromisoformat(first.at)
    monkeypatch.setattr(events_module, "datetime", Clock)
    monkeypatch.setattr(Clock, "stands", at - timedelta(minutes=4))
    assert note(database).seq == 2


def test_a_deep_copy_of_the_case_reads_the_same(tmp_path):
    store = SqliteStore(tmp_path / "case.db")
    note(store)
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "case.db").write_bytes((tmp_path / "case.db").read_bytes())
    assert head(SqliteStore(tmp_path / "copy" / "case.db")) == head(store)


def connected(database):
    if isinstance(database, SqliteStore):
        return sqlite3.connect(database.path)
    import psycopg

    return psycopg.connect(database.url)


def table(database, name):
    """The name of a table, and what picks the case's rows in it."""
    if isinstance(database, SqliteStore):
        return name, "TRUE"
    return f"workbench_{name}", f"case_id = '{database.case_id}'"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {events} SET who = 'x' WHERE {own}",
        "DELETE FROM {events} WHERE {own}",
        "UPDATE {bodies} SET body = 'x' WHERE {own}",
        "DELETE FROM {bodies} WHERE {own}",
    ],
)
def test_the_database_refuses_to_change_an_event(database, statement):
    note(database)
    events_table, own = table(database, "events")
    told = statement.format(events=events_table, bodies=table(database, "bodies")[0], own=own)
    with closing(connected(database)) as connection, pytest.raises(Exception, match="cannot be"):
        connection.execute(told)
    assert verify_chain(database) == []


@pytest.mark.parametrize("seq", [1, 9])
def test_the_database_refuses_an_event_anywhere_but_at_the_end(database, seq):
    note(database)
    name, own = table(database, "events")
    case = "" if isinstance(database, SqliteStore) else "case_id, "
    statement = (
        f"INSERT INTO {name} SELECT {case}{seq}, at, 'x', kind, subject_kind, subject_id, "
        f"body_hash, origin, previous_hash, hash FROM {name} WHERE {own}"
    )
    if isinstance(database, SqliteStore):
        statement = statement.replace("INSERT", "INSERT OR REPLACE")
    with closing(connected(database)) as connection, pytest.raises(Exception, match="at the end"):
        connection.execute(statement)
    assert verify_chain(database) == []


def tampered(database, statement):
    """What `verify_chain` says after a statement by somebody who may do everything."""
    events_table, own = table(database, "events")
    bodies_table = table(database, "bodies")[0]
    told = statement.format(events=events_table, bodies=bodies_table, own=own)
    with closing(connected(database)) as connection:
        if isinstance(database, SqliteStore):
            for trigger in ("events_stay", "events_remain", "bodies_stay", "bodies_remain"):
                connection.execute(f"DROP TRIGGER {trigger}")
        else:
            connection.execute("SET session_replication_role = replica")
        connection.execute(told)
        connection.commit()
    return [(problem.where, problem.what) for problem in verify_chain(database)]


def at(database, seq):
    return f"{database.name.rsplit('/', 1)[-1]}, event {seq}"


CHANGED = "The event was changed after it was written"


@pytest.mark.parametrize(
    "column",
    ["at", "who", "kind", "subject_kind", "subject_id", "body_hash", "origin", "hash"],
)
def test_a_change_of_any_field_shows_at_its_event(database, column):
    for _ in range(3):
        note(database)
    found = tampered(database, f"UPDATE {{events}} SET {column} = 'x' WHERE seq = 2 AND {{own}}")
    assert (at(database, 2), CHANGED) in found
    assert not any(where.endswith("event 1") for where, _ in found)


@pytest.mark.parametrize(
    "change", ["SET body = '{{}}'", "SET salt = 'x'", "SET purged = (1 = 1)", "SET body = ''"]
)
def test_a_change_of_a_body_shows_at_its_event(database, change):
    for _ in range(3):
        note(database)
    found = tampered(database, f"UPDATE {{bodies}} {change} WHERE seq = 2 AND {{own}}")
    if "purged" in change:
        assert found == [(at(database, 2), "The event's body was removed, and no purge names it")]
    else:
        assert found == [(at(database, 2), CHANGED)]


def test_a_body_that_was_cut_out_shows(database):
    for _ in range(2):
        note(database)
    found = tampered(database, "DELETE FROM {bodies} WHERE seq = 1 AND {own}")
    assert found == [(at(database, 1), CHANGED)]


def test_a_change_to_what_is_no_text_shows(tmp_path):
    store = SqliteStore(tmp_path / "case.db")
    note(store)
    found = tampered(store, "UPDATE {events} SET who = x'00ff'")
    assert found == [("case.db, event 1", CHANGED)]


def test_a_removed_event_shows(database):
    for _ in range(3):
        note(database)
    found = tampered(database, "DELETE FROM {events} WHERE seq = 2 AND {own}")
    assert found == [(at(database, 3), "Event 2 is missing")]


def test_a_change_with_its_hash_made_new_shows_at_the_next(database):
    for _ in range(3):
        note(database)
    row = events(database).iloc[1].to_dict()
    bound = ("seq", "kind", "subject_kind", "subject_id", "body_hash", "origin", "previous_hash")
    record = {name: row[name] for name in bound} | {"at": FORMER, "who": "someone else"}
    digest = hashlib.sha256(canonical_json(record).encode()).hexdigest()
    found = tampered(
        database,
        f"UPDATE {{events}} SET who = 'someone else', at = '{FORMER}', hash = '{digest}' "
        "WHERE seq = 2 AND {own}",
    )
    assert found == [(at(database, 3), "The event does not follow from the one before it")]


def test_events_cut_off_at_the_end_show_by_the_head(database):
    note(database)
    kept = note(database).hash
    assert tampered(database, "DELETE FROM {events} WHERE seq = 2 AND {own}") == []
    assert head(database) != kept


def _append_each(database, who, count):
    for _ in range(count):
        note(database, who=who)


def test_writers_in_several_processes_make_one_chain(database):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_append_each, database, who, 15) for who in ("li", "wang")]
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


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"who": " "}, "'who'"),
        ({"kind": ""}, "of the kind ''"),
        ({"subject_kind": "shop"}, "'shop'"),
        ({"body": {"text": float("nan")}}, "JSON"),
        ({"body": {}}, "needs text"),
        ({"body": {"text": 7}}, "text of a note must be a text"),
        ({"body": {"text": "a", "more": 1}}, "no field 'more'"),
        ({"subject_id": "\ud800"}, "JSON"),
    ],
)
def test_what_is_no_event_is_refused(database, wrong, says):
    right = {"who": "li", "kind": "note", "subject_kind": "case", "body": {"text": "a"}}
    with pytest.raises(BadInput, match=says):
        append(database, **{**right, **wrong})
    assert len(events(database)) == 0


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None)
@given(queries=st.lists(st.dictionaries(st.sampled_from("abc"), values, max_size=3), max_size=4))
def test_any_body_comes_back_and_the_chain_holds(tmp_path_factory, queries):
    database = SqliteStore(tmp_path_factory.mktemp("any") / "case.db")
    bodies = [{"name": "any", "query": query} for query in queries]
    for body in bodies:
        append(database, who="li", kind="selection", subject_kind="case", body=body)
    assert [json.loads(text) for text in events(database)["body"]] == bodies
    assert verify_chain(database) == []


def test_canonical_json_has_one_form():
    assert canonical_json({"b": 1, "a": ["二", None]}) == '{"a":["二",null],"b":1}'
