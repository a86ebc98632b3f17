"""How much the evidence of an order weighs, what is missing, and whom to ask for it."""

from workbench.proof.missing import ASKED, group_orders_of, missing_papers
from workbench.proof.report import evidence_lines
from workbench.proof.requests import Request, papers_asked_of, request_for, requests
from workbench.proof.strength import LEVELS, Level, order_strength
from workbench.proof.systems import SYSTEMS, System, system_of
from workbench.proof.table import evidence_table

__all__ = [
    "ASKED",
    "LEVELS",
    "SYSTEMS",
    "Level",
    "Request",
    "System",
    "evidence_lines",
    "evidence_table",
    "group_orders_of",
    "missing_papers",
    "order_strength",
    "papers_asked_of",
    "request_for",
    "requests",
    "system_of",
]
