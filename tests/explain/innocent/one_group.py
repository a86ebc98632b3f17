"""What a test says of lines that are all of one group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from workbench.explain.innocent import Outcome


def one(
    judge: Callable[[pd.DataFrame, Any], dict[int, Outcome]], lines: pd.DataFrame, normal: Any
) -> Outcome:
    said = judge(lines.assign(group=7), normal)
    assert list(said) == [7]
    return said[7]
