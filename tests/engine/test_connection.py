import sys

import duckdb
import pytest

from workbench.engine import connect
from workbench.errors import BadInput


def setting(connection, name):
    return connection.raw_sql(f"SELECT current_setting('{name}')").fetchone()[0]


def tables(connection):
    return [name for (name,) in connection.raw_sql("SHOW TABLES").fetchall()]


def test_two_connections_share_nothing():
    first, second = connect(), connect()
    first.raw_sql("CREATE TABLE only_here (x INTEGER)")
    assert tables(first) == ["only_here"]
    assert tables(second) == []


def test_nothing_is_fetched_from_outside():
    connection = connect()
    assert setting(connection, "autoinstall_known_extensions") is False
    assert setting(connection, "autoload_known_extensions") is False
    with pytest.raises(duckdb.Error):
        connection.raw_sql("SELECT * FROM read_csv('https://localhost:9/x.csv')").fetchall()


def test_threads_and_spill_folder_are_set(tmp_path):
    folder = tmp_path / "it's here"
    connection = connect(threads=1, spill_to=folder)
    assert setting(connection, "threads") == 1
    assert setting(connection, "temp_directory") == str(folder)


def test_another_engine_is_named_by_url(tmp_path):
    connection = connect(f"duckdb://{tmp_path}/kept.duckdb")
    connection.raw_sql("CREATE TABLE kept (x INTEGER)")
    connection.disconnect()
    assert tables(connect(f"duckdb://{tmp_path}/kept.duckdb")) == ["kept"]


@pytest.mark.parametrize("url", ["nonsense://x", "local(2)", "duckdb://no/such/folder/x.db"])
def test_an_engine_that_cannot_be_opened_is_bad_input(url):
    with pytest.raises(BadInput, match="cannot be opened"):
        connect(url)


def test_spark_that_is_not_installed_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "workbench.engine.spark", None)
    with pytest.raises(BadInput, match=r"pip install '\.\[spark\]'"):
        connect("local[2]")
