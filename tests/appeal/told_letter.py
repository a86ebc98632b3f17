"""The letter of a made-up matter, for tests."""

from invented_matter import Example

from workbench.appeal.letter_model import letter_model
from workbench.appeal.matter import Matter, gather
from workbench.appeal.sentences import LetterFigures


def figures_of(example: Example, matter: Matter) -> LetterFigures:
    """What counts the figures of `matter`."""
    return LetterFigures(matter, example.tables, example.assessment)


def told_letter(
    example: Example, language: str, matter: Matter | None = None, **options: object
) -> dict:
    """The letter of `matter`, by default of the masked example."""
    told = matter or gather(example.case, example.tables, example.assessment, example.masker)
    return letter_model(told, figures_of(example, told), language, **options)
