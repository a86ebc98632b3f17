from pathlib import Path

import pytest
from invented_matter import Example, make_example


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The example for tests that only read it."""
    return make_example(tmp_path_factory.mktemp("example") / "case")


@pytest.fixture
def own_example(tmp_path: Path) -> Example:
    """The example for a test that damages it."""
    return make_example(tmp_path / "case")
