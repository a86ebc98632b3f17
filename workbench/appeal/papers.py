"""The papers of a pack: the letter and the forms in both languages as Word, PDF and HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbench.appeal.forms import complaint, data_request, human_review
from workbench.appeal.letter_model import letter_model
from workbench.appeal.matter import Matter
from workbench.appeal.render import (
    FORM_TEMPLATE,
    LETTER_TEMPLATE,
    html_paper,
    missing_font,
    pdf_paper,
    word_paper,
)
from workbench.appeal.sentences import LetterFigures
from workbench.language import LANGUAGES

__all__ = ["Papers", "forms", "letters"]


@dataclass(frozen=True)
class Papers:
    """Files by their path in the pack; notes on them for whoever sends it, by language.

    `models` are the data of the letters, by language.
    """

    files: Mapping[str, bytes]
    notes: Mapping[str, list[str]]
    models: Mapping[str, Any] = field(default_factory=dict)


def letters(
    matter: Matter,
    figures: LetterFigures,
    *,
    lacking: Mapping[str, Sequence[str]],
    pictures: Mapping[str, bytes],
    template: Path | None = None,
) -> Papers:
    """The letter of a matter: `letter.<language>.docx`, `.pdf` and `.html`.

    `figures` counts what they tell and knows afterwards what was told; `lacking` (by language)
    keeps it a draft; `pictures` are charts by file name, `template` is a Word file of the firm's
    own. Without a Chinese font there is no PDF, and a note says so.
    """
    files: dict[str, bytes] = {}
    notes: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    models: dict[str, Any] = {}
    for language in LANGUAGES:
        models[language] = model = letter_model(
            matter, figures, language, lacking=lacking[language], charts=list(pictures)
        )
        shown = {
            group["chart"]: pictures[group["chart"]] for group in model["groups"] if group["chart"]
        }
        named = f"letter.{language}"
        files |= paper_files(named, model, "letter", matter, template or LETTER_TEMPLATE, shown)
        if told := missing_font(language):
            notes[language].append(told)
    return Papers(files, notes, models)


def forms(matter: Matter, *, template: Path | None = None) -> Papers:
    """The forms beside the letter, `forms/<name>.<language>.docx`, `.pdf` and `.html`.

    The request for a human decision, the request for data, and a draft for the next rung. One
    whose law is not in force on the date of the letter is left out, and a note says why.
    """
    files: dict[str, bytes] = {}
    notes: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for language in LANGUAGES:
        for make in (human_review, data_request, complaint):
            form = make(matter, language)
            if form.model is None:
                notes[language].append(form.why_not)
                continue
            named = f"forms/{form.name}.{language}"
            chosen = template or FORM_TEMPLATE
            files |= paper_files(named, form.model, "form", matter, chosen, {})
    return Papers(files, notes)


def paper_files(
    named: str,
    model: Mapping[str, Any],
    layout: str,
    matter: Matter,
    template: Path,
    pictures: Mapping[str, bytes],
) -> dict[str, bytes]:
    """One model as Word, HTML and, where there is a Chinese font, PDF, by file name."""
    with TemporaryDirectory() as folder:
        written = Path(folder) / "paper.docx"
        word_paper(model, written, matter.now, template, pictures)
        files = {f"{named}.docx": written.read_bytes()}
    files[f"{named}.html"] = html_paper(model, layout, pictures)
    if not missing_font(str(model["language"])):
        files[f"{named}.pdf"] = pdf_paper(model, layout, pictures)
    return files
