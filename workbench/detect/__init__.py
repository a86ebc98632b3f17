"""Find groups of orders that look fake: one module per family of signal."""

from workbench.detect.address_key import address_key
from workbench.detect.finding import FINDING_COLUMNS, Detector, Findings, no_findings
from workbench.detect.registry import detectors, run_detectors

__all__ = [
    "FINDING_COLUMNS",
    "Detector",
    "Findings",
    "address_key",
    "detectors",
    "no_findings",
    "run_detectors",
]
