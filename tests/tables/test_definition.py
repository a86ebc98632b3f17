import re

import pytest

from workbench.tables import TABLES

COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]


def test_the_tables_are_those_of_the_design():
    assert list(TABLES) == [
        "orders",
        "order_lines",
        "refunds",
        "shipments",
        "shipment_events",
        "reviews",
        "messages",
        "payments",
        "traffic",
        "purchases",
        "stock",
        "staff",
        "campaigns",
        "notices",
    ]


def test_an_order_needs_these_four():
    assert TABLES["orders"].required == ("order_id", "created_at", "status", "paid_amount")


def test_every_column_is_well_defined():
    for table, column in COLUMNS:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name), (table, column)
        assert column.sql_type
        assert column.zh
        assert column.en
        assert column.mask in {None, "alias", "phone", "name", "address", "text", "drop"}
        assert column.mask is None or column.type == "text", (table, column)


def test_no_table_has_a_column_twice():
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name


def test_one_name_means_one_type_and_one_mask():
    # "name" and "text" are a person's in one table and a campaign's or carrier's in another.
    own = {"name", "text", "orders"}
    meant = {}
    for table, column in COLUMNS:
        if column.name not in own:
            kind = (column.type, column.mask)
            assert meant.setdefault(column.name, kind) == kind, (table, column.name)


def test_what_names_a_person_is_masked():
    personal = re.compile(r"buyer_(?!message)|phone|address|account|signer|^ip$|^device$")
    for table, column in COLUMNS:
        if personal.search(column.name):
            assert column.mask is not None, (table, column.name)


def test_a_column_is_found_by_name():
    assert TABLES["orders"].column("paid_amount").sql_type == "DECIMAL(18, 4)"
    with pytest.raises(KeyError, match="table orders has no column colour"):
        TABLES["orders"].column("colour")
