"""How an analyst picks and writes: thin widgets over the case, which hold nothing themselves."""

from workbench.widgets.corrective_form import CorrectiveForm
from workbench.widgets.decision_form import DecisionForm
from workbench.widgets.desk import Desk, open_desk
from workbench.widgets.evidence_upload import EvidenceUpload
from workbench.widgets.gate_form import GateForm
from workbench.widgets.group_picker import GroupPicker
from workbench.widgets.group_view import GroupView
from workbench.widgets.history_view import HistoryView
from workbench.widgets.mapping_helper import MappingHelper
from workbench.widgets.notice_form import NoticeForm
from workbench.widgets.order_proof import OrderProof
from workbench.widgets.statement_form import StatementForm
from workbench.widgets.triage import Triage

__all__ = [
    "CorrectiveForm",
    "DecisionForm",
    "Desk",
    "EvidenceUpload",
    "GateForm",
    "GroupPicker",
    "GroupView",
    "HistoryView",
    "MappingHelper",
    "NoticeForm",
    "OrderProof",
    "StatementForm",
    "Triage",
    "open_desk",
]
