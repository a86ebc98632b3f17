from pathlib import Path

import pytest
from invented_matter import Example, make_example


@pytest.fixture
def example(tmp_path: Path) -> Example:
    return make_example(tmp_path / "case")
