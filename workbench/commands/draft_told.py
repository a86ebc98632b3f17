"""A drafted mapping and the saved ones, told in plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.commands.draft import Draft
from workbench.load import SavedMapping

__all__ = ["draft_told", "saved_told"]


def draft_told(draft: Draft) -> str:
    """What each column may be and why, what a person must check, and what to do next."""
    top = draft.top
    where = f", sheet {top.sheet}" if top.sheet else ""
    lines = [
        f"{top.path.name}{where}: {len(top.headers)} columns, headers in row {top.header_row}, "
        f"{top.encoding}",
        f"Taken as the table {draft.table} (another with --table).",
        "",
    ]
    for proposal in draft.proposals:
        came = proposal.header or "derived"
        mark = " " if proposal.sure else "?"
        lines.append(f"{mark} {came} → {proposal.column}: {proposal.reasons['en']}")
    checks = [proposal.column for proposal in draft.proposals if not proposal.sure]
    if checks:
        lines += ["", f"Check (?): {', '.join(checks)}"]
    if draft.missing:
        lines.append(f"Still required, and nothing names it: {', '.join(draft.missing)}")
    if draft.unused:
        lines.append(f"Not used: {', '.join(draft.unused)}")
    if draft.path is not None:
        lines += [
            "",
            f"Written: {draft.path}",
            'What must be checked stands there after "# CHECK:"; take the mark away to use it.',
            f"Then: workbench load {top.path.name} --mapping {draft.path} --case DIR",
            f"Keep it for files like this: workbench mappings --keep {draft.path}",
        ]
    else:
        lines += ["", "Write it down with --out FILE.toml, or confirm it in notebook 1."]
    return "\n".join(lines)


def saved_told(saved: Sequence[SavedMapping]) -> str:
    """Every saved mapping: its name, its table, the headers it is recognised by, where it lies."""
    if not saved:
        return "No mapping is saved."
    lines = []
    for kept in saved:
        if kept.form is None:
            lines.append(f"{kept.name}: cannot be used: {kept.fault} ({kept.path})")
        else:
            headers = ", ".join(kept.form.all_of)
            lines.append(f"{kept.name}: {kept.form.table}, read by {headers} ({kept.path})")
    return "\n".join(lines)
