"""The lists of usual names and words: whole, unambiguous, and compared as people mean them."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import workbench.load.names
from workbench.load.cells import word_key
from workbench.load.format_faults import ENUMS
from workbench.load.names import GRAMS, meaning_of, name_key, names_of, split_unit, unread_words
from workbench.tables import TABLES

FOLDER = Path(workbench.load.names.__file__).parent
SYNONYMS = tomllib.loads((FOLDER / "synonyms.toml").read_text("utf-8"))
VOCABULARY = tomllib.loads((FOLDER / "vocabulary.toml").read_text("utf-8"))


def test_every_table_has_names_with_source_and_confidence():
    assert set(SYNONYMS) - {"as_of"} == set(TABLES)
    assert isinstance(SYNONYMS["as_of"], date)
    assert isinstance(VOCABULARY["as_of"], date)
    for table in TABLES:
        assert SYNONYMS[table]["source"]
        assert SYNONYMS[table]["confidence"]
    for table, column in ENUMS:
        assert VOCABULARY[table][column]["source"]
        assert VOCABULARY[table][column]["confidence"]


@pytest.mark.parametrize("table", TABLES)
def test_a_name_stands_for_one_column_of_a_table(table):
    raw = SYNONYMS[table]
    named = [
        (name_key(name), column)
        for part in ("columns", "maybe", "sides")
        for column, names in raw.get(part, {}).items()
        for name in names
    ]
    assert [name for name, count in Counter(n for n, _ in named).items() if count > 1] == []
    named += [
        (name_key(split_unit(name)[0]), column.name)
        for column in TABLES[table].columns
        for name in dict.fromkeys((column.name, column.zh))
    ]
    columns: dict[str, set[str]] = {}
    for name, column in named:
        columns.setdefault(name, set()).add(column)
    assert {name: found for name, found in columns.items() if len(found) > 1} == {}


@pytest.mark.parametrize("table", TABLES)
def test_names_lead_to_columns_that_are_there(table):
    raw, there = SYNONYMS[table], {column.name for column in TABLES[table].columns}
    assert set(raw["columns"]) <= there
    assert set(raw.get("maybe", {})) <= there
    assert set(raw.get("some_of", ())) <= there
    assert set(raw["columns"]) == there
    for column in TABLES[table].required:
        assert raw["columns"][column]
    names = names_of(table)
    assert not names.telling & names.against
    assert not set(names.columns) & names.against


@pytest.mark.parametrize(("table", "column"), ENUMS)
def test_words_lead_to_the_closed_list(table, column):
    words = VOCABULARY[table][column]["words"]
    assert set(words) == set(ENUMS[table, column])
    keys = [word_key(word) for meant in words.values() for word in meant]
    assert [word for word, count in Counter(keys).items() if count > 1] == []


def test_names_are_compared_as_people_mean_them():
    assert name_key(" Order_ID ") == name_key("order id") == name_key("OrderId") == "orderid"
    assert name_key("*订单编号") == name_key("订单 编号") == "订单编号"
    assert names_of("orders").columns["orderid"] == ("order_id", -1)
    assert names_of("orders").columns["线上订单号"] == ("order_id", 0)


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("重量(kg)", "重量", "kg"),
        ("称重重量（克）", "称重重量", "克"),
        ("重量【公斤】", "重量", "公斤"),
        ("Weight KG", "weight", "kg"),
        ("weighed_weight_g", "weighed_weight", "g"),
        ("实际重量克", "实际重量", "克"),
        ("金额(元)", "金额", "元"),
        ("金额(万元)", "金额(万元)", ""),
        ("shipping", "shipping", ""),
        ("旺旺(买家)", "旺旺(买家)", ""),
    ],
)
def test_units_are_read_apart(header, name, unit):
    assert split_unit(header) == (name, unit)


def test_words():
    assert GRAMS["公斤"] == 1000
    assert meaning_of("payments", "direction", "贷") == "in"
    assert meaning_of("messages", "speaker", "Customer") == "buyer"
    assert meaning_of("orders", "status", "飞走了") is None
    assert "差评" in unread_words("reviews", "rating")
