"""Find groups of orders that look fake: one module per family of signal."""

from workbench.detect.finding import FINDING_COLUMNS, Detector, Findings
from workbench.detect.registry import detectors, run_detectors

__all__ = ["FINDING_COLUMNS", "Detector", "Findings", "detectors", "run_detectors"]
