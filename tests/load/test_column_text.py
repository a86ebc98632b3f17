"""Cells that are decoded column by column say what they would if the file were decoded first."""

import codecs

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.load.made import ORDERS, load, loaded, order, quarantined, text_file
from workbench.load import text_rows
from workbench.load.column_text import parts_undecoded, text_column
from workbench.load.recognise_file import recognise_file

ENCODINGS = ("gb18030", "gbk", "cp932", "cp1252", "big5", "cp949")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("aé你好。ソ表ｿ한\U00020000\x1e\x1f\x1d\x1c\x01\x02", max_size=5), max_size=8),
    st.sampled_from(ENCODINGS),
    st.integers(0, 2),
)
def test_columns_come_back(cells, encoding, before):
    cells = [cell.encode(encoding, "ignore").decode(encoding) for cell in cells]
    column = pa.array([b"\x81"] * before + [cell.encode(encoding) for cell in cells], pa.binary())
    texts = text_column(column[before:], encoding)
    texts.validate(full=True)
    assert texts.to_pylist() == cells


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_byte_of_a_longer_character_looks_like_a_sign_of_the_table(encoding):
    assert parts_undecoded(encoding)
    signs = set(b',;\t"\r\n\x1e\x1f\x1d\x1c\x01\x02')
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x11000), *range(0x1F300, 0x1F600)):
        raw = chr(code).encode(encoding, "ignore")
        assert not set(raw) & signs, hex(code)


@pytest.mark.parametrize("kinds", [1, 3, 2000])
def test_columns_that_repeat_come_back(kinds):
    cells = [f"第{n % kinds}种" if n % 7 else "" for n in range(1500)] + ["a", "新"]
    column = pa.array([b"\x81"] + [cell.encode("gbk") for cell in cells], pa.binary())
    texts = text_column(column[1:], "gb18030")
    texts.validate(full=True)
    assert texts.to_pylist() == cells
    with pytest.raises(UnicodeDecodeError):
        text_column(pa.array([*column[1:].to_pylist(), b"\xff"], pa.binary()), "gb18030")


def test_other_encodings_are_decoded_first():
    assert not any(map(parts_undecoded, ("utf-8", "utf-16", "iso2022_jp", "hz", "utf-7")))


@pytest.mark.parametrize("cells", [[b"\xc4", b"a"], [b"a", b"\xff\xff"]])
def test_a_cell_that_does_not_fit_is_refused(cells):
    with pytest.raises(UnicodeDecodeError):
        text_column(pa.array(cells, pa.binary()), "gb18030")


def test_rows_before_and_after_a_misshapen_one_come_once(tmp_path, monkeypatch):
    monkeypatch.setattr(text_rows, "GROUP_ROWS", 4)
    monkeypatch.setattr(text_rows, "_BLOCK", 400)
    rows = [order(n, buyer_message=f"你好，第{n}行") for n in range(40)]
    file = text_file(tmp_path / "a.csv", ORDERS, rows, encoding="gbk")
    whole = file.read_bytes()
    lines = whole.split(b"\r\n")
    lines[31] = "又短,又错".encode("gbk")
    file.write_bytes(b"\r\n".join(lines))
    [report] = load(tmp_path / "case", file)
    assert report.encoding == codecs.lookup("gb18030").name
    kept = loaded(tmp_path / "case", report)
    expected = [(f"A{n}", n + 2, f"你好，第{n}行") for n in range(40) if n != 30]
    found = [(row["order_id"], row["source_row"], row["buyer_message"]) for row in kept]
    assert found == expected
    assert quarantined(tmp_path / "case", report) == [(32, "", "2", "misshapen")]


def test_long_texts_make_small_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(text_rows, "_GROUP_BYTES", 3000)
    monkeypatch.setattr(text_rows, "_BLOCK", 1000)
    rows = [order(n, buyer_message="长" * 300) for n in range(20)]
    file = text_file(tmp_path / "a.csv", ORDERS, rows, encoding="gbk")
    found = recognise_file(file)
    sizes = [table.num_rows for table in found.rows().tables()]
    assert sum(sizes) == 20
    assert max(sizes) <= 8
