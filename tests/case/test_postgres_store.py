import secrets

import pytest
from postgres_here import postgres_url

from workbench.case import append, create_case, events, open_case, standing_events
from workbench.case.postgres_store import PostgresStore
from workbench.errors import BadInput


def note(store, text="seen"):
    body = {"text": text}
    return append(store, who="li", kind="note", subject_kind="case", body=body)


def test_cases_in_one_database_do_not_see_each_other():
    url = postgres_url()
    one, other = (PostgresStore(url, secrets.token_hex(8)) for _ in range(2))
    note(one, "a")
    note(other, "b")
    note(one, "c")
    assert events(one)["body"].tolist() == ['{"text":"a"}', '{"text":"c"}']
    assert events(other)["seq"].tolist() == [1]


def test_a_case_folder_keeps_its_events_there(tmp_path):
    case = create_case(tmp_path / "case", events_url=postgres_url())
    note(case.database)
    assert not (case.path / "case.db").exists()
    assert [event.body["text"] for event in standing_events(open_case(case.path))] == ["seen"]


def test_a_writer_that_another_keeps_waiting_speaks(monkeypatch):
    module = __import__("workbench.case.postgres_store", fromlist=["_WAIT"])
    monkeypatch.setattr(module, "_WAIT", "SET lock_timeout = '50ms'")
    store = PostgresStore(postgres_url(), secrets.token_hex(8))
    note(store)
    with store.writing(), pytest.raises(BadInput, match="Another process is writing"):
        note(store)
    assert len(events(store)) == 1


def test_a_database_that_lets_nobody_write_speaks():
    url = postgres_url()
    note(PostgresStore(url, secrets.token_hex(8)))
    mark = "&" if "?" in url else "?"
    only = f"{url}{mark}options=-c%20default_transaction_read_only%3Don"
    with pytest.raises(BadInput, match="lets nobody write"):
        note(PostgresStore(only, "x"))


def test_a_database_that_is_not_there_speaks_and_names_no_password():
    store = PostgresStore("postgresql://li:geheim@127.0.0.1:1/cases", "c-1")
    for use in (events, note):
        with pytest.raises(BadInput, match="cannot be used") as refused:
            use(store)
        assert "geheim" not in str(refused.value)
        assert "postgresql://li@127.0.0.1:1/cases, case c-1" in str(refused.value)


def test_what_its_texts_cannot_hold_is_refused():
    store = PostgresStore(postgres_url(), secrets.token_hex(8))
    with pytest.raises(BadInput, match="NUL"):
        append(store, who="l\0i", kind="note", subject_kind="case", body={"text": "a"})
    note(store, "a\0b")
    assert standing_text(store) == ['{"text":"a\\u0000b"}']


def standing_text(store):
    return events(store)["body"].tolist()


def test_without_the_driver_one_is_told_how_to_get_it(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BadInput, match="driver is not installed") as refused:
        events(PostgresStore("postgresql:///x", "c"))
    assert "pip install" in refused.value.problems[0].do
