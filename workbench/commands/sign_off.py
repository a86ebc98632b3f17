"""Let a second person sign what is to be sent."""

from __future__ import annotations

from pathlib import Path

from workbench.case import Event, open_case
from workbench.case.sign_off import sign_off as write_sign_off

__all__ = ["sign_off"]


def sign_off(case: Path, *, who: str, text: str = "") -> Event:
    """Write down that `who` read what is to be sent; see `workbench.case.sign_off.sign_off`."""
    return write_sign_off(open_case(case), who=who, text=text)
