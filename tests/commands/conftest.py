"""Packs are made here by the dozen: their charts are drawn for real in one test only."""

import base64

import pytest

# One white point.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def quick_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium takes longer to start than all the rest of a small pack, save where it is asked."""
    if request.node.get_closest_marker("browser") is None:
        drawn = "workbench.charts.files.draw_png"
        monkeypatch.setattr(drawn, lambda figures, _: dict.fromkeys(figures, PICTURE))
