"""Filled, masked and opaque cells are counted by column, file and month."""

import pytest

from workbench.quality import completeness_data, completeness_table, filled_by

from .made import tables_of

ROWS = [
    # order, when, phone, refund, file, row
    ("1", "2025-01-05", "138****8000", 1, "a", 2),
    ("2", "2025-01-06", "13800138000", None, "a", 3),
    ("3", "2025-02-01", "##abc##", None, "b", 2),
    ("4", None, " ", None, "b", 3),
]


@pytest.fixture(scope="module")
def counts():
    columns = "order_id created_at phone refund_amount source_file source_row"
    return completeness_data(tables_of(orders=(columns, ROWS)))


def one(rows, **where):
    for name, value in where.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_by_column(counts):
    phone = one(filled_by(counts), column="phone")
    assert (phone.rows, phone.filled, phone.masked, phone.opaque) == (4, 3, 1, 1)
    assert phone.share == 0.75
    assert phone.masked_share == phone.opaque_share == pytest.approx(1 / 3)


def test_a_column_that_no_file_has_is_empty(counts):
    device = one(filled_by(counts), column="device")
    assert (device.rows, device.filled) == (4, 0)
    assert device.isna()[["masked_share", "opaque_share"]].all()


def test_a_column_without_personal_data_has_no_masked_share(counts):
    assert one(filled_by(counts), column="refund_amount").isna()["masked_share"]


def test_by_file_and_by_month(counts):
    assert one(filled_by(counts, "source_file"), column="phone", source_file="b").share == 0.5
    months = filled_by(counts, "month")
    refunds = months[months.column == "refund_amount"].set_index("month").share
    assert refunds.to_dict() == {"2025-01": 0.5, "": 0.0, "2025-02": 0.0}


def test_the_reader_sees_files_by_name_and_no_column_that_is_nowhere(counts):
    shown = completeness_table(counts, "en", "source_file", files={"a": "first.csv"})
    assert set(shown.File) == {"first.csv", "b"}
    assert "device" not in set(shown.Column)
    assert "device" in set(completeness_table(counts, "en").Column)
    assert "收货人电话" in set(completeness_table(counts, "zh")["列"])


def test_no_tables_give_no_rows():
    assert completeness_data({}).empty
