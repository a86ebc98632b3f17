from decimal import Decimal

import pandas as pd
import pytest

from workbench.engine import connect
from workbench.errors import BadInput
from workbench.tables import memory_tables


def test_columns_take_their_canonical_types():
    frame = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "created_at": ["2026-01-05 10:00:00", None],
            "quantity": ["3", None],
            "paid_amount": ["0.10", "12345678901234.5678"],
        }
    )
    orders = memory_tables(connect(), {"orders": frame})["orders"]
    types = {name: str(kind) for name, kind in orders.schema().items()}
    assert types == {
        "order_id": "string",
        "created_at": "timestamp(6)",
        "quantity": "int64",
        "paid_amount": "decimal(18, 4)",
        "source_file": "string",
        "source_row": "int64",
    }
    found = orders.order_by("order_id").to_pandas()
    assert found["paid_amount"].tolist() == [Decimal("0.1000"), Decimal("12345678901234.5678")]
    assert found["created_at"][0] == pd.Timestamp("2026-01-05 10:00")
    assert found["source_row"].tolist() == [2, 3]
    assert set(found["source_file"]) == {"memory"}


def test_where_a_row_came_from_is_kept_when_said():
    frame = pd.DataFrame({"order_id": ["1"], "source_file": ["f"], "source_row": [9]})
    found = memory_tables(connect(), {"orders": frame})["orders"].to_pandas()
    assert found[["source_file", "source_row"]].values.tolist() == [["f", 9]]
    assert list(frame.columns) == ["order_id", "source_file", "source_row"]


def test_a_column_that_is_not_canonical_is_refused():
    frame = pd.DataFrame({"order_id": ["1"], "colour": ["red"], "size": [1]})
    with pytest.raises(BadInput, match="Table orders has no column colour, size"):
        memory_tables(connect(), {"orders": frame})
