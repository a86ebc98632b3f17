"""The words of the letter as it would be sent now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.appeal import gather
from workbench.appeal.letter_model import letter_model
from workbench.appeal.sentences import LetterFigures
from workbench.case import Case, Masker
from workbench.language import LANGUAGES
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["letters_now"]


def letters_now(
    case: Case, tables: Tables, assessment: Assessment, *, masked: bool = True
) -> dict[str, Any]:
    """The models of the letter that a pack made now would hold, by language."""
    matter = gather(case, tables, assessment, Masker.for_case(case) if masked else None)
    figures = LetterFigures(matter, tables, assessment)
    return {language: letter_model(matter, figures, language) for language in LANGUAGES}
