"""Any table of text comes through: every row once, numbered as a spreadsheet numbers it."""

import csv
import io
from functools import partial

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.load.made import ORDERS, load, order, text_file
from workbench.load import text_rows
from workbench.load.container import open_bytes
from workbench.load.decode import decide_encoding
from workbench.load.headers import text_header
from workbench.load.text_rows import TextRows

CELL = st.text(
    st.one_of(st.sampled_from('",;\t\n\r \x00中文é'), st.characters(codec="utf-8")), max_size=6
)


def read(path, width):
    opened = partial(open_bytes, path, "text")
    facts = decide_encoding(opened, ["utf-8"], path.name)
    lines = path.read_bytes().decode().splitlines(keepends=True)[:1]
    header = text_header(lines, {f"h{i}" for i in range(width)})
    return TextRows(opened, path.name, header, facts)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_cells_come_back_as_written(tmp_path_factory, data):
    width = data.draw(st.integers(2, 4))
    row = st.lists(CELL, min_size=width, max_size=width)
    rows = data.draw(st.lists(row, max_size=12))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow([f"h{i}" for i in range(width)])
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("cells") / "a.csv"
    path.write_bytes(text.getvalue().encode())
    tables = list(read(path, width).tables())
    got = pa.concat_tables(tables).to_pylist() if tables else []
    assert [[r[f"c{i}"] for i in range(width)] for r in got] == rows
    assert [r["source_row"] for r in got] == list(range(2, len(rows) + 2))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["a,b,c", "a,b", "a,b,c,d", "", '"x\ny",b,c', ",,"]), max_size=40))
def test_rows_are_numbered_across_gaps(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    path.write_bytes("\n".join(["h0,h1,h2", *records, ""]).encode())
    rows = read(path, 3)
    good = [number for table in rows.tables() for number in table["source_row"].to_pylist()]
    bad = [record.row for record in rows.misshapen]
    wrong = {"a,b", "a,b,c,d"}
    assert bad == [n for n, record in enumerate(records, start=2) if record in wrong]
    assert good == [n for n, record in enumerate(records, start=2) if record not in wrong]


def test_numbers_go_on_from_block_to_block(tmp_path, monkeypatch):
    monkeypatch.setattr(text_rows, "_BLOCK", 64)
    monkeypatch.setattr(text_rows, "GROUP_ROWS", 3)
    records = ["a,b,c", "a,b", "", "a,b,c", "a,b,c,d"] * 30
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join(["h0,h1,h2", *records, ""]).encode())
    rows = read(path, 3)
    good = [number for table in rows.tables() for number in table["source_row"].to_pylist()]
    assert good == [n for n, r in enumerate(records, start=2) if r in ("a,b,c", "")]
    assert len(rows.misshapen) == 60


KINDS = st.sampled_from(
    [
        {},
        {"status": "?"},
        {"paid_amount": "x"},
        {"created_at": ""},
        {"quantity": "1.5", "status": "?"},
        {"order_id": "1.2E+18"},
        {"buyer_message": 'said "no",\nthen left'},
        None,
    ]
)


@settings(max_examples=15, deadline=None)
@given(st.lists(KINDS, max_size=30))
def test_rows_read_are_rows_loaded_and_quarantined(tmp_path_factory, kinds):
    folder = tmp_path_factory.mktemp("account")
    rows = [{} if kind is None else order(n, **kind) for n, kind in enumerate(kinds)]
    [report] = load(folder / "case", text_file(folder / "a.csv", ORDERS, rows))
    fine = sum(kind is not None and set(kind) <= {"buyer_message"} for kind in kinds)
    blank = sum(kind is None for kind in kinds)
    assert report.rows_read == len(kinds) - blank
    assert report.rows_loaded == fine
    assert report.rows_quarantined == report.rows_read - fine
    assert report.blank_rows == blank
