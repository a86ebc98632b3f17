"""Where the files that travel with the package lie: notebooks, sample shops, Voila templates."""

from __future__ import annotations

from pathlib import Path

__all__ = ["notebooks_dir", "samples_dir"]

_PACKAGE = Path(__file__).resolve().parent


def notebooks_dir() -> Path:
    """The folder of the notebooks, in a checkout and in an installed wheel alike."""
    return _shipped("notebooks", "notebooks")


def samples_dir() -> Path:
    """The folder of the made-up sample shops, in a checkout and in an installed wheel alike."""
    return _shipped("samples", "data/samples")


def _shipped(in_wheel: str, in_checkout: str) -> Path:
    # A wheel carries them inside the package; a checkout keeps them where people look for them.
    inside = _PACKAGE / "shipped" / in_wheel
    return inside if inside.is_dir() else _PACKAGE.parent / in_checkout
