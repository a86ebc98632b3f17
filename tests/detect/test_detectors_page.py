"""The overview of docs/detectors.md says of each detector what its declaration says."""

import re
from pathlib import Path

from workbench.detect import detectors

PAGE = (Path(__file__).parents[2] / "docs" / "detectors.md").read_text("utf-8")


def test_the_overview_is_that_of_the_installed_detectors() -> None:
    overview = PAGE.split("## Overview", 1)[1].split("### Time", 1)[0]
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| (\w+)(, ambiguous)? \|", overview, re.MULTILINE)
    ours = [one for one in detectors() if one.find.__module__.startswith("workbench.")]
    declared = [(one.name, one.family, one.stage, ", ambiguous" * one.ambiguous) for one in ours]
    assert sorted(told) == sorted(declared)


def test_each_family_describes_its_detectors() -> None:
    families = PAGE.split("### Time", 1)[1].split("## What counts as trade", 1)[0]
    described = re.findall(r"^\| `(\w+)` \|", families, re.MULTILINE)
    assert sorted(described) == sorted(one.name for one in detectors())
