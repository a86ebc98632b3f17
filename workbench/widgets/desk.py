"""The analyst's desk: pick a group, see it, decide, attach; widgets that follow each other."""

from __future__ import annotations

from dataclasses import dataclass

import traitlets

from workbench.case import Case
from workbench.explain import Assessment
from workbench.tables import Tables
from workbench.widgets.decision_form import DecisionForm
from workbench.widgets.evidence_upload import EvidenceUpload
from workbench.widgets.group_picker import GroupPicker
from workbench.widgets.group_view import GroupView

__all__ = ["Desk", "open_desk"]


@dataclass(frozen=True)
class Desk:
    """The parts of a desk; each is shown by itself, wherever a notebook wants it."""

    picker: GroupPicker
    view: GroupView
    decision: DecisionForm
    evidence: EvidenceUpload


def open_desk(
    case: Case, assessment: Assessment, tables: Tables, language: str | None = None
) -> Desk:
    """A desk on a screened case, in `language` or else the case's own.

    The picked group shows everywhere, a name is typed once, and what is written shows at once.
    Nothing is kept here: a desk made anew reads the same from the case.
    """
    picker = GroupPicker(case, assessment, language)
    view = GroupView(case, assessment, tables, language)
    decision = DecisionForm(case, assessment, language)
    evidence = EvidenceUpload(case, assessment, language, who=decision.who)
    for part in (view, decision, evidence):
        traitlets.dlink((picker, "group_id"), (part, "group_id"))
    decision.observe(lambda change: picker.refresh(), "saved")
    evidence.observe(lambda change: view.refresh(), "saved")
    evidence.observe(lambda change: decision.refresh(), "saved")
    return Desk(picker, view, decision, evidence)
