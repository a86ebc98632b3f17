"""The platform's notice: what it alleges, by when it can be answered, under which rules."""

from workbench.notice.match import match_orders
from workbench.notice.notices import FIELDS, Notice, notices
from workbench.notice.record import record_notice
from workbench.notice.rule_pack import (
    Rule,
    RulePack,
    confirm_rule,
    limits_of,
    rule_pack,
    rule_packs,
)

__all__ = [
    "FIELDS",
    "Notice",
    "Rule",
    "RulePack",
    "confirm_rule",
    "limits_of",
    "match_orders",
    "notices",
    "record_notice",
    "rule_pack",
    "rule_packs",
]
