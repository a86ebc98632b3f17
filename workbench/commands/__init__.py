"""What one can ask of the workbench: one function each, for the command line and notebooks.

They print nothing and give plain results; bad input raises `workbench.errors.BadInput`.
"""

from workbench.commands.answer import answer
from workbench.commands.board import Board, board
from workbench.commands.gate import gate
from workbench.commands.known_answer import known_answer
from workbench.commands.lab import lab
from workbench.commands.load import load
from workbench.commands.loaded import case_to_fill, files_to_load, loaded
from workbench.commands.notice import NoticeRead, notice
from workbench.commands.pack import pack
from workbench.commands.procedure import Procedure, answer_procedure, procedure
from workbench.commands.publish import publish
from workbench.commands.quality import quality, write_quality
from workbench.commands.quarantine import quarantine
from workbench.commands.reply import reply
from workbench.commands.rerun import rerun
from workbench.commands.sample import sample_case, sample_files
from workbench.commands.screen import screen
from workbench.commands.sensitivity import sensitivity
from workbench.commands.sign_off import sign_off
from workbench.commands.submit import submit
from workbench.commands.tables import open_tables
from workbench.commands.template import letter_template
from workbench.commands.verify import verify

__all__ = [
    "Board",
    "NoticeRead",
    "Procedure",
    "answer",
    "answer_procedure",
    "board",
    "case_to_fill",
    "files_to_load",
    "gate",
    "known_answer",
    "lab",
    "letter_template",
    "load",
    "loaded",
    "notice",
    "open_tables",
    "pack",
    "procedure",
    "publish",
    "quality",
    "quarantine",
    "reply",
    "rerun",
    "sample_case",
    "sample_files",
    "screen",
    "sensitivity",
    "sign_off",
    "submit",
    "verify",
    "write_quality",
]
