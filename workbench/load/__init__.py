"""Load exports: recognise them by content, map them to the canonical tables, account for rows."""

from workbench.load.files import load_files
from workbench.load.proposal import Proposal
from workbench.load.propose import propose_mapping
from workbench.load.recognised import Recognised, recognise_file
from workbench.load.report import LoadReport, quality_table, quarantine_table
from workbench.load.write_mapping import write_mapping

__all__ = [
    "LoadReport",
    "Proposal",
    "Recognised",
    "load_files",
    "propose_mapping",
    "quality_table",
    "quarantine_table",
    "recognise_file",
    "write_mapping",
]
