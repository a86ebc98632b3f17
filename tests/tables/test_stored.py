import json

import pandas as pd
import pytest

from workbench.engine import connect
from workbench.tables import read_tables
from workbench.tables.stored import LOADS_FILE, loads


def store(folder, table, source, **columns):
    (folder / table).mkdir(exist_ok=True)
    frame = pd.DataFrame(columns)
    frame["source_file"] = source
    frame["source_row"] = range(2, len(frame) + 2)
    frame.to_parquet(folder / table / f"{source}.parquet")


def record(folder, **order):
    (folder / LOADS_FILE).write_text(json.dumps(order))


def read(folder, table="orders", by=("order_id", "source_row")):
    return read_tables(connect(), folder)[table].to_pandas().sort_values(list(by))


def test_no_load_is_no_table(tmp_path):
    assert loads(tmp_path) == {}
    assert read_tables(connect(), tmp_path) == {}


def test_only_tables_with_data_are_there(tmp_path):
    store(tmp_path, "orders", "a", order_id=["1"])
    record(tmp_path, orders=["a"], shipments=[])
    assert list(read_tables(connect(), tmp_path)) == ["orders"]


def test_a_table_has_the_columns_of_all_its_sources(tmp_path):
    store(tmp_path, "orders", "a", order_id=["1"], phone=["138"])
    store(tmp_path, "orders", "b", order_id=["2"], city=["杭州市"])
    record(tmp_path, orders=["a", "b"])
    found = read(tmp_path)
    assert set(found) == {"order_id", "phone", "city", "source_file", "source_row"}
    assert found["phone"].tolist()[0] == "138"
    assert pd.isna(found["phone"].tolist()[1])


@pytest.mark.parametrize(("order", "status"), [(["a", "b"], "closed"), (["b", "a"], "paid")])
def test_the_newest_load_of_an_order_stands_with_all_its_lines(tmp_path, order, status):
    store(tmp_path, "orders", "a", order_id=["1", "1", "2"], status=["paid", "paid", "paid"])
    store(tmp_path, "orders", "b", order_id=["1", "3"], status=["closed", "closed"])
    record(tmp_path, orders=order)
    found = read(tmp_path)
    lines = found[found["order_id"] == "1"]
    assert lines["status"].tolist() == [status] * (1 if status == "closed" else 2)
    assert sorted(set(found["order_id"])) == ["1", "2", "3"]


def test_what_several_files_say_of_one_order_is_all_kept(tmp_path):
    store(tmp_path, "messages", "a", order_id=[None, "1"], text=["x", "y"])
    store(tmp_path, "messages", "b", order_id=[None, "1"], text=["z", "w"])
    record(tmp_path, messages=["a", "b"])
    assert read(tmp_path, "messages", ["text"])["text"].tolist() == ["w", "x", "y", "z"]


def test_tables_without_orders_are_put_together(tmp_path):
    store(tmp_path, "stock", "a", product_id=["1"], quantity=[5])
    store(tmp_path, "stock", "b", product_id=["1"], quantity=[6])
    record(tmp_path, stock=["a", "b"])
    assert read(tmp_path, "stock", ["quantity"])["quantity"].tolist() == [5, 6]
