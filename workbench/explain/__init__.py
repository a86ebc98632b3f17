"""Weigh what the detectors found: for and against, in words, and with the papers still missing."""

from workbench.explain.assessment import (
    DETECTOR_COLUMNS,
    GROUP_COLUMNS,
    ORDER_COLUMNS,
    Assessment,
)
from workbench.explain.calibration import Calibration, recalibrated
from workbench.explain.catalogue import PAPERS, Paper
from workbench.explain.constants import constant_names
from workbench.explain.results import read_assessment, write_assessment
from workbench.explain.screen import assess, screen
from workbench.explain.sensitivity import sensitivity_data

__all__ = [
    "DETECTOR_COLUMNS",
    "GROUP_COLUMNS",
    "ORDER_COLUMNS",
    "PAPERS",
    "Assessment",
    "Calibration",
    "Paper",
    "assess",
    "constant_names",
    "read_assessment",
    "recalibrated",
    "screen",
    "sensitivity_data",
    "write_assessment",
]
