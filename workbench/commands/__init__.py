"""What one can ask of the workbench: one function each, for the command line and notebooks.

They print nothing and give plain results; bad input raises `workbench.errors.BadInput`.
"""

from workbench.commands.known_answer import known_answer
from workbench.commands.lab import lab
from workbench.commands.load import load
from workbench.commands.loaded import case_to_fill, files_to_load, loaded
from workbench.commands.pack import pack
from workbench.commands.publish import publish
from workbench.commands.quality import quality, write_quality
from workbench.commands.quarantine import quarantine
from workbench.commands.readiness import readiness
from workbench.commands.rerun import rerun
from workbench.commands.sample import sample_case, sample_files
from workbench.commands.screen import screen
from workbench.commands.sensitivity import sensitivity
from workbench.commands.tables import open_tables
from workbench.commands.verify import verify

__all__ = [
    "case_to_fill",
    "files_to_load",
    "known_answer",
    "lab",
    "load",
    "loaded",
    "open_tables",
    "pack",
    "publish",
    "quality",
    "quarantine",
    "readiness",
    "rerun",
    "sample_case",
    "sample_files",
    "screen",
    "sensitivity",
    "verify",
    "write_quality",
]
