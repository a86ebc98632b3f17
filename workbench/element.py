"""HTML elements whose text is always escaped: what strangers wrote can never become markup.

Nor can it turn the direction of what stands beside it (`workbench.inert`).
"""

from __future__ import annotations

from markupsafe import Markup, escape

from workbench.inert import inert

__all__ = ["tag"]

_VOID = {"br", "hr", "input"}


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """One element. Children that are not Markup are escaped; None is left out.

    An attribute loses its trailing underscore (`class_`), other underscores become dashes
    (`data_group`). True gives a bare attribute, None and False leave it out.
    """
    opening = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = "" if value is True else f'="{_escaped(value)}"'
        opening.append(key.rstrip("_").replace("_", "-") + shown)
    inside = "".join(_escaped(child) for child in children if child is not None)
    closing = "" if name in _VOID else f"</{name}>"
    # Safe: every child and every value went through `escape`; names come from our own code.
    return Markup(f"<{' '.join(opening)}>{inside}{closing}")  # noqa: S704


def _escaped(value: object) -> Markup:
    return escape(value if hasattr(value, "__html__") else inert(str(value)))
