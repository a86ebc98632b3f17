"""One matter, one folder: what the shop gave, what was found, and what people decided."""

from workbench.case.atomic import write_atomically
from workbench.case.decisions import DECISIONS, Decision, decide, decisions, order_decisions
from workbench.case.event import Event
from workbench.case.events import append, append_many, events, head, verify_chain
from workbench.case.evidence import (
    EvidenceFile,
    attach,
    evidence_files,
    read_evidence,
    withdraw,
)
from workbench.case.folder import Case, create_case, default_case, open_case
from workbench.case.mask import Masker, mask_frame
from workbench.case.place import place_of
from workbench.case.scrub import scrub
from workbench.case.standing import Standing, standing_events
from workbench.case.store import Store

__all__ = [
    "DECISIONS",
    "Case",
    "Decision",
    "Event",
    "EvidenceFile",
    "Masker",
    "Standing",
    "Store",
    "append",
    "append_many",
    "attach",
    "create_case",
    "decide",
    "decisions",
    "default_case",
    "events",
    "evidence_files",
    "head",
    "mask_frame",
    "open_case",
    "order_decisions",
    "place_of",
    "read_evidence",
    "scrub",
    "standing_events",
    "verify_chain",
    "withdraw",
    "write_atomically",
]
