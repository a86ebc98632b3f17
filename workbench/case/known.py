"""Which orders and groups a case knows: what was loaded, named by a notice, or screened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow.dataset as ds

from workbench.case.folder import Case
from workbench.errors import Problem
from workbench.tables.loads import MERGED

__all__ = ["SUBJECTS", "group_members", "subject_problems", "unknown_groups", "unknown_orders"]

SUBJECTS = ("order", "group", "case")


def subject_problems(
    case: Case, subject: str, subject_id: str, order_ids: Sequence[str] = ()
) -> list[Problem]:
    """What is wrong with naming this subject, and these members of it; [] when nothing is."""
    if subject not in SUBJECTS:
        return [Problem(f"The subject is one of {', '.join(SUBJECTS)}, not {subject!r}")]
    if subject == "case":
        return []
    if not subject_id.strip():
        return [Problem(f"Which {subject} is meant is not said", do=f"Give the {subject}'s id")]
    groups = [subject_id] if subject == "group" else []
    orders = [subject_id] if subject == "order" else list(order_ids)
    unknown = [f"group {one}" for one in unknown_groups(case, groups)]
    unknown += [f"order {one}" for one in unknown_orders(case, orders)]
    do = "Check the number; load and screen the orders first when they are new"
    return [Problem(f"The case has no {one}", do=do) for one in unknown]


def unknown_groups(case: Case, group_ids: Sequence[str]) -> list[str]:
    """Those of the ids that are no group of the results; [] while the case has no results."""
    file = case.results_dir / "groups.parquet"
    return _absent([file], "group_id", group_ids) if file.is_file() else []


def unknown_orders(case: Case, order_ids: Sequence[str]) -> list[str]:
    """Those of the ids that are neither screened, loaded nor named by a notice.

    [] while the case has no results: before that there is nothing to hold an id against.
    """
    file = case.results_dir / "orders.parquet"
    if not file.is_file():
        return []
    unknown = _absent([file], "order_id", order_ids)
    for table in ("orders", "notices"):
        files = sorted((case.tables_dir / table).glob("*.parquet"))
        # There the numbers are that two shops share, as they are shown.
        files += sorted((case.tables_dir / MERGED).glob(f"{table}-*.parquet"))
        unknown = _absent(files, "order_id", unknown)
    return unknown


def group_members(case: Case, group_id: str) -> list[str]:
    """Orders whose main group this is, by the case's results; [] while it has none."""
    file = case.results_dir / "orders.parquet"
    if not file.is_file():
        return []
    rows = ds.dataset(file).to_table(columns=["order_id"], filter=ds.field("group_id") == group_id)
    return sorted(rows["order_id"].to_pylist())


def _absent(files: Sequence[Path], column: str, ids: Sequence[str]) -> list[str]:
    unknown = list(ids)
    for file in files:
        data = ds.dataset(file)
        if unknown and column in data.schema.names:
            wanted = ds.field(column).isin(unknown)
            found = set(data.to_table(columns=[column], filter=wanted)[column].to_pylist())
            unknown = [one for one in unknown if one not in found]
    return unknown
