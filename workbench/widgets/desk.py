"""The analyst's desk: pick a group, see it, decide, attach; widgets that follow each other."""

from __future__ import annotations

from dataclasses import dataclass

import traitlets

from workbench.case import Case
from workbench.explain import Assessment
from workbench.tables import Tables
from workbench.widgets.decision_form import DecisionForm
from workbench.widgets.evidence_upload import EvidenceUpload
from workbench.widgets.frames import show_frames_inert
from workbench.widgets.group_picker import GroupPicker
from workbench.widgets.group_view import GroupView
from workbench.widgets.history_view import HistoryView
from workbench.widgets.order_proof import OrderProof
from workbench.widgets.statement_form import StatementForm
from workbench.widgets.triage import Triage

__all__ = ["Desk", "open_desk"]


@dataclass(frozen=True)
class Desk:
    """The parts of a desk; each is shown by itself, wherever a notebook wants it."""

    picker: GroupPicker
    view: GroupView
    decision: DecisionForm
    evidence: EvidenceUpload
    triage: Triage
    history: HistoryView
    proof: OrderProof
    statement: StatementForm


def open_desk(
    case: Case, assessment: Assessment, tables: Tables, language: str | None = None
) -> Desk:
    """A desk on a screened case, in `language` or else the case's own.

    The picked group shows everywhere, a name is typed once, and what is written shows at once.
    Nothing is kept here: a desk made anew reads the same from the case.
    """
    show_frames_inert()
    picker = GroupPicker(case, assessment, language)
    view = GroupView(case, assessment, tables, language)
    decision = DecisionForm(case, assessment, language)
    evidence = EvidenceUpload(case, assessment, language, who=decision.who)
    triage = Triage(case, assessment, tables, language)
    history = HistoryView(case, assessment, language)
    proof = OrderProof(case, assessment, tables, language)
    statement = StatementForm(case, assessment, language, who=decision.who)
    for part in (view, decision, evidence, triage, history, proof, statement):
        traitlets.dlink((picker, "group_id"), (part, "group_id"))
    traitlets.link((decision.who, "value"), (triage, "who"))
    for written, others in (
        ((decision, "saved"), (picker.refresh, triage.refresh, history.refresh)),
        ((triage, "saved"), (decision.refresh_history, history.refresh)),
        # Orders are decided one by one there; only an undo can change what stands for a group.
        ((triage, "undone"), (picker.refresh,)),
        ((evidence, "saved"), (view.refresh, decision.refresh, proof.refresh)),
        ((evidence, "saved"), (triage.refresh, history.refresh)),
        ((statement, "saved"), (proof.refresh, history.refresh)),
        ((triage, "undone"), (proof.refresh, statement.refresh)),
    ):
        for refresh in others:
            written[0].observe(lambda change, refresh=refresh: refresh(), written[1])
    return Desk(picker, view, decision, evidence, triage, history, proof, statement)
