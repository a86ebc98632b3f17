"""Load exports: recognise them by content, map them to the canonical tables, account for rows."""

from workbench.load.files import Loads, load_files
from workbench.load.gather import LeftOut, left_out_table
from workbench.load.proposal import Proposal
from workbench.load.propose import propose_mapping
from workbench.load.quarantine import quarantine_table
from workbench.load.quarantine_file import write_quarantine
from workbench.load.recognise_file import recognise_file
from workbench.load.recognised import Recognised
from workbench.load.report import LoadReport, quality_table
from workbench.load.saved import SavedMapping, forget_mapping, keep_mapping, saved_mappings
from workbench.load.top import TableTop, read_top
from workbench.load.write_mapping import write_mapping

__all__ = [
    "LeftOut",
    "LoadReport",
    "Loads",
    "Proposal",
    "Recognised",
    "SavedMapping",
    "TableTop",
    "forget_mapping",
    "keep_mapping",
    "left_out_table",
    "load_files",
    "propose_mapping",
    "quality_table",
    "quarantine_table",
    "read_top",
    "recognise_file",
    "saved_mappings",
    "write_mapping",
    "write_quarantine",
]
