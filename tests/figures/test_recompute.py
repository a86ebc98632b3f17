import gzip
import io
import json
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.figures import recompute
from workbench.figures.recompute import (
    CannotCount,
    Origins,
    Pack,
    Table,
    counted,
    formatted,
    links_of,
    marks_in,
    numbers,
    ranges,
    recount,
)

ORDERS = Table(
    [
        {"order_id": "1", "decision": "defend", "paid": "9.90", "at": "2026-01-05T10:00:00"},
        {"order_id": "2", "decision": "hold", "paid": "0.10", "at": "2026-01-06T09:00:00"},
        {"order_id": "3", "decision": "", "paid": "", "at": ""},
        {"order_id": "4", "decision": "defend", "paid": "10", "at": "2026-01-09T08:59:59"},
    ],
    ("order_id", "decision", "paid", "at"),
)


def value(**operation: object) -> str:
    return counted({"where": [], **operation}, ORDERS)[0]


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ({"aggregate": "count"}, "4"),
        ({"aggregate": "count", "where": [["decision", "=", "defend"]]}, "2"),
        ({"aggregate": "count", "where": [["decision", "!=", ""]]}, "3"),
        ({"aggregate": "count", "where": [["paid", "<", "10"]]}, "2"),
        ({"aggregate": "count", "where": [["paid", ">=", "9.9"]]}, "2"),
        ({"aggregate": "count", "where": [["order_id", "in", ["1", "3"]]]}, "2"),
        (
            {"aggregate": "count", "where": [["decision", "=", "defend"], ["order_id", "=", "4"]]},
            "1",
        ),
        ({"aggregate": "count", "where": [["decision", "=", "concede"]]}, "0"),
        ({"aggregate": "count", "plus": -3}, "1"),
        ({"aggregate": "count_distinct", "column": "decision"}, "2"),
        ({"aggregate": "sum", "column": "paid", "form": "money"}, "20.00"),
        ({"aggregate": "min", "column": "paid"}, "0.1"),
        ({"aggregate": "max", "column": "paid"}, "10"),
        (
            {
                "aggregate": "share",
                "where": [["decision", "=", "hold"]],
                "among": [["decision", "!=", ""]],
                "form": "percent",
            },
            "33 %",
        ),
        ({"aggregate": "value", "column": "paid", "where": [["order_id", "=", "2"]]}, "0.1"),
        (
            {
                "aggregate": "days_until",
                "column": "at",
                "since": "2026-01-05T09:00:00",
                "where": [["order_id", "=", "4"]],
            },
            "3",
        ),
        (
            {
                "aggregate": "difference",
                "column": ["order_id", "paid"],
                "where": [["order_id", "=", "4"]],
            },
            "-6",
        ),
        (
            {
                "aggregate": "difference",
                "column": ["order_id", "paid"],
                "where": [["order_id", "=", "4"]],
                "least": 0,
            },
            "0",
        ),
    ],
)
def test_an_operation_counts(operation: dict, told: str) -> None:
    assert value(**operation) == told


@pytest.mark.parametrize(
    "operation",
    [
        {"aggregate": "median", "column": "paid"},
        {"aggregate": "sum", "column": "decision"},
        {"aggregate": "value", "column": "paid", "where": [["order_id", "=", "9"]]},
        {"aggregate": "count", "where": [["nowhere", "=", "1"]]},
        {"aggregate": "count", "where": [["paid", "~", "1"]]},
        {"aggregate": "sum", "column": "nowhere"},
        {"aggregate": "count", "form": "roman"},
    ],
)
def test_what_cannot_be_counted_says_so(operation: dict) -> None:
    with pytest.raises(CannotCount):
        value(**operation)


@pytest.mark.parametrize(
    ("form", "told"),
    [("plain", "1234.5"), ("thousands", "1,234.5"), ("money", "1234.50"), ("percent", "123450 %")],
)
def test_forms(form: str, told: str) -> None:
    assert formatted(Decimal("1234.50"), form) == told


def test_a_round_number_keeps_its_noughts() -> None:
    assert formatted(Decimal("1E+2"), "plain") == "100"
    assert formatted(Decimal("0.000"), "plain") == "0"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("27 orders of “Cup 500 ml” at 19.20 within 24 min", ["27", "19.20", "24"]),
        ("from 2025-10-28 19:04; usual here: 0.76.", ["0.76"]),
        ("自 2025-10-28 19:04 起 7 天内，常态约 <0.01 单", ["7", "<0.01"]),
        ("62 % of 1,234 orders; 3 %", ["62 %", "1,234", "3 %"]),
        ("group G-1a2b3c4d, papers: E24, E26; F07; between 9:30 and 12 o'clock", ["12"]),
        ("（本店常态：34%）", ["34%"]),
        ("none", []),
    ],
)
def test_figures_of_a_sentence(sentence: str, told: list[str]) -> None:
    assert [sentence[begin:end] for begin, end in numbers(sentence)] == told


def test_row_numbers_as_ranges() -> None:
    assert ranges([55, 12, 13, 14, 14, 40]) == "12–14, 40, 55"
    assert ranges([]) == ""


@given(st.sets(st.integers(1, 400)))
def test_ranges_hold_every_number_once(found: set[int]) -> None:
    told = [part.split("–") for part in ranges(found).split(", ") if part]
    spelt = [n for part in told for n in range(int(part[0]), int(part[-1]) + 1)]
    assert spelt == sorted(found)


def test_rows_lead_to_the_files_they_were_read_from() -> None:
    origins = Origins(
        {"1": [("orders", "aa", 2)], "2": [("orders", "aa", 3), ("order_lines", "bb", 7)]},
        {"G-1": ["1", "2"]},
    )
    both = [
        {"table": "order_lines", "source_file": "bb", "rows": "7"},
        {"table": "orders", "source_file": "aa", "rows": "2–3"},
    ]
    assert origins.of("case/orders", [{"order_id": "1"}, {"order_id": "2"}]) == both
    assert origins.of("results/said", [{"group_id": "G-1"}]) == both
    assert origins.of("case/orders", [{"order_id": "1", "group_id": "G-1"}]) == [
        {"table": "orders", "source_file": "aa", "rows": "2"}
    ]
    own = {"source_file": "cc", "source_row": "", "source_table": ""}
    assert origins.of("case/exhibits", [own]) == [
        {"table": "exhibits", "source_file": "cc", "rows": ""}
    ]


def test_figures_in_a_page_and_in_a_word_file() -> None:
    page = '<p><a href="#N01">3<br>8</a> of <a href="#E1">E1</a> <a href="#N02"><b>9</b> %</a>'
    assert links_of(page.encode(), "html") == [("N01", "38"), ("N02", "9 %")]
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{word}"><w:hyperlink w:anchor="N01"><w:r><w:t>3</w:t></w:r>'
        '<w:r><w:t>8</w:t></w:r></w:hyperlink><w:hyperlink w:anchor="E1"/></w:document>'
    )
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", body)
    assert links_of(file.getvalue(), "docx") == [("N01", "38")]


def test_figures_in_the_data_of_a_letter() -> None:
    model = {"a": ["x", {"figure": "N01", "text": "3"}], "b": [[{"figure": "N02", "text": "4"}]]}
    assert list(marks_in(model)) == [("N01", "3"), ("N02", "4")]


def files(**changed: bytes) -> Pack:
    """A pack of one figure: two orders are defended."""
    figure = {
        "id": "N01",
        "name": {"en": "orders defended"},
        "value": "2",
        "operation": {
            "table": "case/orders",
            "where": [["decision", "=", "defend"]],
            "aggregate": "count",
        },
        "screened": False,
        "rows": [{"table": "orders", "source_file": "aa", "rows": "2, 4"}],
    }
    told = {"languages": {"en": ["N01"]}, "figures": [figure]}
    content = {
        "reproduce/figures.json": json.dumps(told).encode(),
        "reproduce/case/orders.csv": b"order_id,decision\n'=1,defend\n2,hold\n3,defend\n",
        "reproduce/tables/orders.csv": (
            b"order_id,source_file,source_row\n'=1,aa,2\n2,aa,3\n3,aa,4\n"
        ),
        "reproduce/letter.en.json": b'{"x": ["We defend ", {"figure": "N01", "text": "2"}]}',
        "letter.en.html": b'We defend <a href="#N01">2</a>',
    } | {name.replace("__", "/").replace("_", "."): text for name, text in changed.items()}
    return Pack({name: (lambda text=text: text) for name, text in content.items()})


def test_a_pack_whose_figures_come_out() -> None:
    found = recount(files())
    assert (found.figures, found.differences, found.open) == (1, (), ())


@pytest.mark.parametrize(
    ("changed", "where", "what"),
    [
        ({"reproduce__case__orders_csv": b"order_id,decision\n3,defend\n"}, "N01", "2, counted"),
        (
            {"reproduce__tables__orders_csv": b"order_id,source_file,source_row\n3,aa,4\n"},
            "N01",
            "its rows",
        ),
        (
            {"reproduce__letter_en_json": b'{"x": [{"figure": "N01", "text": "3"}]}'},
            "N01",
            "says 3, counted were 2",
        ),
        ({"letter_en_html": b'We defend <a href="#N01">3</a>'}, "N01", "letter.en.html says 3"),
        ({"letter_en_html": b"We defend 3"}, "N01", "fewer times"),
        ({"letter_en_html": b'<a href="#N01">2</a> <a href="#N77">5</a>'}, "N77", "nothing says"),
        (
            {"reproduce__letter_en_json": b'{"x": "We defend 2"}'},
            "reproduce/letter.en.json",
            "does",
        ),
        ({"reproduce__case__orders_csv": b"order_id\n1\n"}, "N01", "cannot be counted"),
    ],
)
def test_what_was_changed_is_named(changed: dict[str, bytes], where: str, what: str) -> None:
    found = recount(files(**changed)).differences
    assert where in {one.where for one in found}
    assert any(what in one.what for one in found if one.where == where), found


def test_figures_that_cannot_be_read_are_no_pack() -> None:
    with pytest.raises(CannotCount, match=r"figures\.json"):
        recount(files(reproduce__figures_json=b"{"))


def test_a_word_file_that_is_none_is_named() -> None:
    (found,) = recount(files(letter_en_docx=b"PK no")).differences
    assert (found.where, found.what.split(":")[0]) == ("letter.en.docx", "cannot be read")


def test_a_table_that_unpacks_beyond_measure_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recompute, "MAX_BYTES", 1000)
    assert recompute.unpacked(gzip.compress(b"x" * 1000)) == b"x" * 1000
    with pytest.raises(CannotCount, match="too large"):
        recompute.unpacked(gzip.compress(b"x" * 1001))
