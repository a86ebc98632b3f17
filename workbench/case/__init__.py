"""One matter, one folder: what the shop gave, what was found, and what people decided."""

from workbench.case.atomic import write_atomically
from workbench.case.conflicts import Conflict, conflicts
from workbench.case.decisions import (
    DECISIONS,
    Decision,
    decide,
    decide_many,
    decisions,
    order_decisions,
)
from workbench.case.event import Event
from workbench.case.events import append, append_many, events, head, verify_chain
from workbench.case.evidence import (
    EvidenceFile,
    attach,
    evidence_files,
    link,
    read_evidence,
    supersede,
    withdraw,
)
from workbench.case.folder import Case, create_case, default_case, open_case
from workbench.case.history import history
from workbench.case.mask import Masker, mask_frame
from workbench.case.notes import add_note, notes
from workbench.case.place import place_of
from workbench.case.scrub import scrub
from workbench.case.standing import Standing, standing_events
from workbench.case.store import Store
from workbench.case.tags import clear_tag, set_tag, tags
from workbench.case.undo import undo

__all__ = [
    "DECISIONS",
    "Case",
    "Conflict",
    "Decision",
    "Event",
    "EvidenceFile",
    "Masker",
    "Standing",
    "Store",
    "add_note",
    "append",
    "append_many",
    "attach",
    "clear_tag",
    "conflicts",
    "create_case",
    "decide",
    "decide_many",
    "decisions",
    "default_case",
    "events",
    "evidence_files",
    "head",
    "history",
    "link",
    "mask_frame",
    "notes",
    "open_case",
    "order_decisions",
    "place_of",
    "read_evidence",
    "scrub",
    "set_tag",
    "standing_events",
    "supersede",
    "tags",
    "undo",
    "verify_chain",
    "withdraw",
    "write_atomically",
]
