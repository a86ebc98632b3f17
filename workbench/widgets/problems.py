"""What went wrong or right, shown inside a form and never as a traceback."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.language import Say
from workbench.widgets.markup import page

__all__ = ["done", "refused"]


def refused(say: Say, problems: BadInput | Sequence[Problem]) -> str:
    """HTML of everything that stands in the way, with what to do about it."""
    found = problems.problems if isinstance(problems, BadInput) else problems
    lines = [
        tag("li", ". ".join(part for part in (one.what, one.where, one.do) if part))
        for one in found
    ]
    told = say("Nothing was written.")
    return page(tag("div", tag("b", told), tag("ul", *lines), class_="wb-refused", role="alert"))


def done(*lines: object) -> str:
    """HTML of what was done, one paragraph per line."""
    told = (tag("p", line) for line in lines)
    return page(tag("div", *told, class_="wb-done", role="status"))
