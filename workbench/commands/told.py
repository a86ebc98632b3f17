"""Results of commands told in plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.explain import Assessment
from workbench.load import LeftOut, LoadReport
from workbench.quality import QualityReport, exports_table, summary_lines

__all__ = [
    "left_out_told",
    "load_told",
    "quality_json",
    "quality_told",
    "screen_told",
    "sensitivity_told",
]

_FIGURES = (
    "file",
    "table",
    "rows read",
    "loaded",
    "quarantined",
    "blank rows",
    "columns mapped",
)
_WORDS = ("why quarantined", "columns unused", "columns missing", "checks lost")
_MEANING = {
    "evidence": "unusual beyond chance, by two independent signals",
    "needs_documents": "unusual, and a paper would settle it",
    "none": "nothing that counts against it, or well explained",
}


def load_told(reports: Sequence[LoadReport], quality: pd.DataFrame) -> str:
    """What was recognised and why, and the data-quality table: figures first, then words."""
    lines = []
    for report in reports:
        lines.append(f"{report.file}: {report.reason}")
        if report.already_loaded:
            lines.append("  was loaded before; nothing changed")
        lines += [f"  {note}" for note in report.notes.get("en", [])]
        lines += [
            f"  left out: {kind['rows']} rows, {kind['why']['en']}" for kind in report.skipped
        ]
        for header, unknown in report.words_unknown.items():
            words = ", ".join(f"{word} × {count}" for word, count in unknown.items())
            lines.append(f"  words not known in {header}: {words}")
        if report.repeated_orders:
            lines.append(f"  {report.repeated_orders} orders have several rows that differ")
        if report.superseded_orders:
            lines.append(
                f"  {report.superseded_orders} orders were loaded from an older file before;"
                " the rows of this file stand"
            )
        if report.orders_changed:
            by = [f"{n} {c}" for c, n in report.orders_changed.items() if c != "orders"]
            changed = _counted(report.orders_changed["orders"], "order")
            lines.append(f"  {changed} changed: {', '.join(by)}")
        if report.shops:
            lines.append(f"  shop: {', '.join(report.shops)}")
        if report.rows_corrected:
            lines.append(
                f"  quarantined {report.rows_quarantined}, of these corrected"
                f" {report.rows_corrected}"
            )
    lines += ["", quality[[*_FIGURES]].to_string(index=False), ""]
    for row in quality.to_dict("records"):
        told = [(heading, str(row[heading])) for heading in _WORDS if row[heading]]
        if told:
            lines.append(f"{row['file']}")
            lines += [_wrapped(f"{heading}: {text}") for heading, text in told]
    return "\n".join(lines)


def quality_told(report: QualityReport) -> str:
    """What to know before using the data, one line each, and what to download."""
    lines = [_wrapped(line) for line in summary_lines(report, "en")]
    wanted = exports_table(report.exports, "en")
    if len(wanted):
        lines += ["", "To see more, download:"]
        lines += [
            _wrapped(f"{row.Wanted}: {row.Download}" + (f", column {header}" if header else ""))
            for row, header in zip(wanted.itertuples(), wanted["Column there"], strict=True)
        ]
    return "\n".join(lines)


def quality_json(report: QualityReport) -> dict[str, Any]:
    """The report for machines: the sentences and the rows of every part but the counts."""
    parts = {
        "odd_values": report.odd_values.rows,
        "examples": report.odd_values.examples,
        "repeats": report.repeats,
        "gaps": report.gaps,
        "coverage": report.coverage,
        "identifiers": report.identifiers,
        "checks": report.checks,
        "exports": report.exports,
    }
    return {
        "summary": summary_lines(report, "en"),
        **{name: _records(frame) for name, frame in parts.items()},
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON can hold them: what is missing is null."""
    whole = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in whole.to_dict("records")]


def left_out_told(left_out: Sequence[LeftOut]) -> str:
    """The files of a folder or archive that were not loaded, each with the reason."""
    if not left_out:
        return ""
    lines = ["", f"left out: {_counted(len(left_out), 'file')}"]
    lines += [_wrapped(f"{one.file}: {one.why['en']}") for one in left_out]
    return "\n".join(lines) + "\n"


def screen_told(assessment: Assessment) -> str:
    """Which detectors ran, and every group with its sentence."""
    lines = []
    for run in assessment.detectors.to_dict("records"):
        state = {
            "ran": _counted(run["groups"], "group"),
            "found_nothing": "found nothing",
            "not_available": f"not available, because the data lack {run['needs']}",
        }[run["state"]]
        shop = f"{run['shop']}, " if run.get("shop") else ""
        lines.append(f"{shop}{run['detector']}: {state}")
    if assessment.groups.empty:
        lines += ["", "No group of orders stands out against this shop's own trade."]
        return "\n".join(lines)
    for name, meaning in _MEANING.items():
        groups = assessment.groups[assessment.groups.assessment == name].to_dict("records")
        lines += ["", f"{name}: {_counted(len(groups), 'group')} ({meaning})"]
        for group in groups:
            head = f"{group['group_id']}  q = {group['q_value']:.2g}  "
            lines.append(_wrapped(head + group["sentence_en"]))
    return "\n".join(lines)


def sensitivity_told(rows: pd.DataFrame) -> str:
    """The constants that move an order, and how many do not."""
    ways = ("down", "up")
    moves = rows[[f"{way}_{what}" for way in ways for what in ("entered", "left")]].sum(axis=1)
    lines = [f"{rows.listed.iloc[0] if len(rows) else 0} orders are listed."]
    for row in rows[moves > 0].to_dict("records"):
        told = "; ".join(
            f"{row[f'{way}_value']}: {row[f'{way}_entered']} in, {row[f'{way}_left']} out"
            for way in ways
        )
        lines.append(_wrapped(f"{row['constant']} ({row['value']}) {told}"))
    lines.append(f"Constants that move none: {int((moves == 0).sum())}.")
    return "\n".join(lines)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 98, initial_indent="  ", subsequent_indent="    ")
