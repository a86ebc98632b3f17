from pathlib import Path

import pytest

from workbench.case import Case
from workbench.language import Say, words

from .invented import make_case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """An empty case on 2026-03-05, 12:00."""
    return make_case(tmp_path)


@pytest.fixture
def say() -> Say:
    return words("procedure", "en")
