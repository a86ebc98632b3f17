"""Every figure that is told, with the rows it was counted from, so that anybody can count again."""

from workbench.figures.case_tables import ledger_of
from workbench.figures.ledger import Ledger, said_rows
from workbench.figures.marks import Segment, defused, mark, segments, unmarked
from workbench.figures.registry import Figure, Figures
from workbench.figures.reproduce import reproduce_files
from workbench.figures.told import CaseFigures

__all__ = [
    "CaseFigures",
    "Figure",
    "Figures",
    "Ledger",
    "Segment",
    "defused",
    "ledger_of",
    "mark",
    "reproduce_files",
    "said_rows",
    "segments",
    "unmarked",
]
