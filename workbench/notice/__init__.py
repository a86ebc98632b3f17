"""The platform's notice: what it alleges, by when it can be answered, under which rules."""

from workbench.notice.fields import FIELDS, Field
from workbench.notice.limits import limits_of
from workbench.notice.match import Match, match_ids, match_orders, match_question
from workbench.notice.notices import Notice, notices
from workbench.notice.parse import parse_notice
from workbench.notice.parsed import ParsedNotice, Reading, Remark
from workbench.notice.recorded import record_notice
from workbench.notice.rule_pack import (
    PLATFORMS,
    RulePack,
    RuleValue,
    confirm_rule,
    platform_of,
    rule_pack,
)

__all__ = [
    "FIELDS",
    "PLATFORMS",
    "Field",
    "Match",
    "Notice",
    "ParsedNotice",
    "Reading",
    "Remark",
    "RulePack",
    "RuleValue",
    "confirm_rule",
    "limits_of",
    "match_ids",
    "match_orders",
    "match_question",
    "notices",
    "parse_notice",
    "platform_of",
    "record_notice",
    "rule_pack",
]
