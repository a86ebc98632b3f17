"""One matter, one folder: what the shop gave, what was found, and what people decided."""

from workbench.case.decisions import DECISIONS, Decision, decide, decisions, order_decisions
from workbench.case.events import Event, append, events, head, verify_chain
from workbench.case.evidence import (
    EvidenceFile,
    attach,
    evidence_files,
    read_evidence,
    withdraw,
)
from workbench.case.folder import Case, create_case, open_case

__all__ = [
    "DECISIONS",
    "Case",
    "Decision",
    "Event",
    "EvidenceFile",
    "append",
    "attach",
    "create_case",
    "decide",
    "decisions",
    "events",
    "evidence_files",
    "head",
    "open_case",
    "order_decisions",
    "read_evidence",
    "verify_chain",
    "withdraw",
]
