"""What the other side had to do: law, procedural checks, chronology, and the next remedy."""

from workbench.procedure.checks import CHECKS, Check
from workbench.procedure.chronology import CHRONOLOGY_COLUMNS, chronology
from workbench.procedure.clocks import record_clocks
from workbench.procedure.condensed import Condensed, condensed
from workbench.procedure.conduct import conduct_law
from workbench.procedure.facts import named_orders
from workbench.procedure.ladder import answer_step, ladder
from workbench.procedure.ladder_steps import STEPS, Step
from workbench.procedure.law import PROVISIONS, Provision, in_force, letter_law, provision
from workbench.procedure.moments import KINDS, kind_word
from workbench.procedure.procedural_checks import answer_check, not_advice, procedural_checks
from workbench.procedure.records import (
    Deduction,
    Request,
    RuleVersion,
    deductions,
    record_deduction,
    record_request,
    record_rule_version,
    requests,
    rule_versions,
)
from workbench.procedure.told import procedure_lines

__all__ = [
    "CHECKS",
    "CHRONOLOGY_COLUMNS",
    "KINDS",
    "PROVISIONS",
    "STEPS",
    "Check",
    "Condensed",
    "Deduction",
    "Provision",
    "Request",
    "RuleVersion",
    "Step",
    "answer_check",
    "answer_step",
    "chronology",
    "condensed",
    "conduct_law",
    "deductions",
    "in_force",
    "kind_word",
    "ladder",
    "letter_law",
    "named_orders",
    "not_advice",
    "procedural_checks",
    "procedure_lines",
    "provision",
    "record_clocks",
    "record_deduction",
    "record_request",
    "record_rule_version",
    "requests",
    "rule_versions",
]
