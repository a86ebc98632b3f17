from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from workbench.snapshot.plain import parsed, plain, plain_rows


@pytest.mark.parametrize(
    ("value", "json_value"),
    [
        (None, None),
        (pd.NaT, None),
        (pd.NA, None),
        (float("nan"), None),
        (float("inf"), None),
        (np.float64("nan"), None),
        (Decimal("1.2500"), 1.25),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (True, True),
        ("text", "text"),
        (pd.Timestamp("2026-01-05 10:00"), "2026-01-05T10:00:00"),
        (datetime(2026, 1, 5, 10), "2026-01-05T10:00:00"),
        (date(2026, 1, 5), "2026-01-05"),
        (np.array(["a", None], dtype=object), ["a", None]),
        ((1, float("nan")), [1, None]),
    ],
)
def test_json_holds_what_a_table_holds(value, json_value):
    assert plain(value) == json_value
    assert type(plain(value)) is type(json_value)


def test_rows_have_the_keys_asked_for():
    frame = pd.DataFrame({"b": [1, 2], "a": ["x", None], "c": [0, 0]})
    assert plain_rows(frame, ("a", "b", "none")) == [
        {"a": "x", "b": 1, "none": None},
        {"a": None, "b": 2, "none": None},
    ]


@pytest.mark.parametrize(
    ("value", "listed"),
    [
        ('[{"a": 1}]', [{"a": 1}]),
        ("", []),
        (None, []),
        (float("nan"), []),
        (["a"], ["a"]),
        (np.array(["a"]), ["a"]),
        ('{"a": 1}', [{"a": 1}]),
    ],
)
def test_a_list_is_read_however_it_is_held(value, listed):
    assert parsed(value) == listed
