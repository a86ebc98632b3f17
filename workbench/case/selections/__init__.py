"""Selections of orders, kept as queries: run again on newer data they give the new members."""

from workbench.case.selections.kept import save_selection, selection, selections
from workbench.case.selections.made import box_query, group_query, orders_query
from workbench.case.selections.query import COLUMNS, parse_query, query_problems
from workbench.case.selections.run import run_in_case, run_selection
from workbench.case.selections.told import query_words

__all__ = [
    "COLUMNS",
    "box_query",
    "group_query",
    "orders_query",
    "parse_query",
    "query_problems",
    "query_words",
    "run_in_case",
    "run_selection",
    "save_selection",
    "selection",
    "selections",
]
