import csv
import gzip
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine import connect
from workbench.figures.handed import handed_tables, written
from workbench.figures.recompute import Pack

texts = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
hostile = st.sampled_from(["=1+1", "+x", "-2", "@a", "\tx", "\r", "'", "''=x", "", ' "a",\nb'])


@given(st.lists(st.none() | texts | hostile, min_size=1, max_size=6))
def test_what_is_written_is_read_again_and_runs_nowhere(values: list[str | None]) -> None:
    path, content = written("tables/orders", pd.DataFrame({"a": pd.Series(values, dtype="object")}))
    assert path == "tables/orders.csv"
    pack = Pack({f"reproduce/{path}": lambda: content})
    lines, columns = pack.raw_rows("tables/orders")
    cells = [line[0] if line else "" for line in lines]
    assert columns == ("a",)
    assert [None if cell == "" else cell.removeprefix("'") for cell in cells] == values
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_tables_come_back_with_their_types() -> None:
    frame = pd.DataFrame(
        {
            "order_id": ["=1", "2"],
            "created_at": pd.to_datetime(["2026-01-01 10:00:01", None]),
            "paid_amount": ["9.9000", None],
            "quantity": [1, 2],
            "source_file": ["aa", "aa"],
            "source_row": [2, 3],
        }
    )
    path, content = written("tables/orders", frame)
    pack = Pack({f"reproduce/{path}": lambda: content})
    orders = handed_tables(connect(), pack)["orders"]
    assert orders.schema()["paid_amount"].is_decimal()
    back = orders.order_by("source_row").to_pandas()
    assert back.order_id.tolist() == ["=1", "2"]
    assert back.created_at[0] == pd.Timestamp("2026-01-01 10:00:01")
    assert pd.isna(back.created_at[1])
    assert back.quantity.tolist() == [1, 2]
    assert str(back.paid_amount[0]) == "9.9000"


def test_a_large_table_is_packed_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.figures.handed._PACKED_BYTES", 10)
    frame = pd.DataFrame({"a": ["x" * 20, "y"]})
    (path, once), (_, again) = written("t", frame), written("t", frame)
    assert path == "t.csv.gz"
    assert once == again
    told = csv.reader(io.StringIO(gzip.decompress(once).decode()))
    assert list(told) == [["a"], ["x" * 20], ["y"]]
