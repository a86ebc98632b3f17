"""Write a mapping file from what a person has confirmed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.load.formats import parse_format
from workbench.load.proposal import Proposal

__all__ = ["mapping_text", "write_mapping"]


def mapping_text(
    proposals: Sequence[Proposal],
    *,
    table: str = "orders",
    zone: str = "",
    currency: str = "",
    times: Sequence[str] = (),
    dates: str = "",
    headers: Sequence[str] = (),
    draft: bool = False,
) -> str:
    """A mapping file as text.

    `times` are strptime forms ("" for the usual ones), `dates` says how short dates are told
    ("auto"); `headers` are those of the file, by which one like it is recognised. In a `draft` a
    proposal that is not sure is a comment: whoever confirms it takes the sign away.
    """
    lines = [f"table = {_toml(table)}"]
    settings = {"zone": zone, "currency": currency, "times": list(times), "dates": dates}
    lines += [f"{key} = {_toml(value)}" for key, value in settings.items() if value]
    named = list(dict.fromkeys(header.strip() for header in headers if header.strip()))
    lines += ["", "[recognise]", f"all_of = {_toml(named)}"] if named else []
    lines += ["", "[columns]"]
    for proposal in proposals:
        lines.append(f"# {_one_line(proposal.reasons['en'])}")
        waits = draft and not proposal.sure
        rule = f"{proposal.column} = {_toml(proposal.rule)}"
        lines.append(f"# CHECK: {rule}" if waits else rule)
    return "\n".join(lines) + "\n"


def write_mapping(path: Path, proposals: Sequence[Proposal], **settings: Any) -> None:
    """Write a mapping file that `workbench load --mapping` reads; settings as in `mapping_text`.

    Raises BadInput with everything that is wrong or missing; then no file is written.
    """
    text = mapping_text(proposals, **settings)
    if not settings.get("draft"):
        parse_format(text.encode(), path.stem, path.name)
    waiting = path.with_name(f".{path.name}.new")
    waiting.write_text(text, "utf-8")
    waiting.replace(path)


def _one_line(text: str) -> str:
    return "".join(" " if ord(sign) < 32 or ord(sign) == 127 else sign for sign in text)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(str(k))} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
