"""The words of the letter as it would be sent now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.appeal import Matter
from workbench.appeal.letter_model import letter_model
from workbench.appeal.sentences import LetterFigures
from workbench.language import LANGUAGES
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["own_letters"]


def own_letters(matter: Matter, tables: Tables, assessment: Assessment) -> dict[str, Any]:
    """The models of the letter of a matter, by language."""
    figures = LetterFigures(matter, tables, assessment)
    return {language: letter_model(matter, figures, language) for language in LANGUAGES}
