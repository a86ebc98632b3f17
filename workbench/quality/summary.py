"""The report in a few sentences: what a reader should know before using the data."""

from __future__ import annotations

from typing import Any

from workbench.language import Say, words
from workbench.quality.checks import check_word
from workbench.quality.headings import column_word, share_text, small_text, table_word
from workbench.quality.report import QualityReport
from workbench.quality.rules import RULES
from workbench.rows import each

__all__ = ["summary_lines"]

_PROOFS = ("shipments", "shipment_events")


def summary_lines(report: QualityReport, language: str = "zh") -> list[str]:
    """One sentence per thing worth knowing, the account first."""
    say = words("quality", language)
    lines = [_account(say, report)]
    lines += _odd(say, report, language)
    lines += _repeats(say, report, language)
    lines += _gaps(say, report)
    lines += _coverage(say, report, language)
    lines += _identifiers(say, report, language)
    lines += _checks(say, report, language)
    return lines


def _account(say: Say, report: QualityReport) -> str:
    account = report.account
    if not account.balanced.all():
        return say("The account does not balance: rows read are not rows loaded plus quarantined.")
    return say(
        "Rows read: {read:,} = {loaded:,} loaded + {quarantined:,} quarantined; files: {files:,}.",
        files=len(account),
        read=int(account["read"].sum()),
        loaded=int(account.loaded.sum()),
        quarantined=int(account.quarantined.sum()),
    )


def _odd(say: Say, report: QualityReport, language: str) -> list[str]:
    rows = report.odd_values.rows
    found = rows[rows.found > 0]
    if found.empty:
        return [say("No impossible or odd value in {rules:,} comparisons.", rules=len(rows))]
    heads = {"impossible": say("Impossible"), "odd": say("Odd")}
    return [
        say(
            "{severity}: {what} ({table}: {column}): {found:,} of {tested:,} ({share}).",
            severity=heads[row.severity],
            what=RULES[row.code].title[language],
            table=table_word(row.table, language),
            column=column_word(row.table, row.column, language),
            found=row.found,
            tested=row.tested,
            share=share_text(row.share),
        )
        for row in each(found)
    ]


def _repeats(say: Say, report: QualityReport, language: str) -> list[str]:
    lines = []
    for row in each(report.repeats[report.repeats.things > 0]):
        table = table_word(row.table, language)
        columns = " + ".join(column_word(row.table, c, language) for c in row.column.split("+"))
        if row.kind == "identical":
            lines.append(
                say(
                    "{rows:,} of {tested:,} rows of {table} repeat an earlier row in every cell: "
                    "the same line bought twice, or an export that overlaps itself.",
                    rows=row.rows,
                    tested=row.tested,
                    table=table,
                )
            )
        elif row.kind == "same_key":
            lines.append(
                say(
                    "{things:,} values of {columns} stand on several rows of {table} that differ.",
                    things=row.things,
                    columns=columns,
                    table=table,
                )
            )
        else:
            lines.append(
                say(
                    "{things:,} of {tested:,} orders with several rows disagree on {columns}.",
                    things=row.things,
                    tested=row.tested,
                    columns=columns,
                )
            )
    return lines


def _gaps(say: Say, report: QualityReport) -> list[str]:
    if report.days.empty:
        return []
    if report.gaps.empty:
        return [
            say(
                "No gap: from {first} to {last} no day without orders that the shop's rhythm "
                "would not explain.",
                first=f"{report.days.day.min():%Y-%m-%d}",
                last=f"{report.days.day.max():%Y-%m-%d}",
            )
        ]
    long = report.gaps[report.gaps.kind != "short"]
    lines = [
        say(
            "No orders from {first} to {last} ({days:,} days), where {expected:,.0f} are usual.",
            first=f"{row.first:%Y-%m-%d}",
            last=f"{row.last:%Y-%m-%d}",
            days=row.days,
            expected=row.expected,
        )
        for row in each(long)
    ]
    short = len(report.gaps) - len(long)
    if short:
        lines.append(say("{count:,} gaps of one or two days.", count=short))
    return lines


def _coverage(say: Say, report: QualityReport, language: str) -> list[str]:
    lines = []
    for row in each(report.coverage):
        if row.table in _PROOFS and row.orders_named < 0.5:
            lines.append(
                say(
                    "{table} tell of {share} of the orders; the others cannot be tested with them.",
                    table=table_word(row.table, language),
                    share=share_text(row.orders_named),
                )
            )
        if row.state not in ("partly", "apart"):
            continue
        lines.append(
            say(
                "{table} tell only of {first} to {last}: {share} of the orders were placed then.",
                table=table_word(row.table, language),
                first=f"{row.first:%Y-%m-%d}",
                last=f"{row.last:%Y-%m-%d}",
                share=share_text(row.orders_inside),
            )
        )
    return [line[:1].upper() + line[1:] for line in lines]


def _identifiers(say: Say, report: QualityReport, language: str) -> list[str]:
    return [_identifier(say, row, language) for row in each(report.identifiers)]


def _identifier(say: Say, row: Any, language: str) -> str:
    column = column_word("orders", row.field, language)
    if row.worth == "opaque":
        return say(
            "{column}: {share} is ciphertext; whether equal people have equal ciphertext "
            "is not known.",
            column=column,
            share=share_text(row.opaque_share),
        )
    figures = {
        "column": column,
        "share": share_text(row.masked_share),
        "pattern": row.pattern,
    }
    if row.worth == "too_few":
        return say(
            "{column}: {share} masked ({pattern}); too few people to tell how often "
            "strangers match.",
            **figures,
        )
    figures |= {"chance": small_text(row.chance), "pairs": f"{row.pairs:,.3g}"}
    if row.worth == "none":
        return say(
            "{column}: {share} masked ({pattern}). Two strangers match with chance "
            "{chance}, {pairs} pairs here: no identifier.",
            **figures,
        )
    return say(
        "{column}: {share} masked ({pattern}). Two strangers match with chance "
        "{chance}, {pairs} coincidental pairs are to be expected here.",
        **figures,
    )


def _checks(say: Say, report: QualityReport, language: str) -> list[str]:
    comma = "、" if language == "zh" else ", "

    def names(state: str) -> str:
        chosen = report.checks[report.checks.state == state].check
        return comma.join(check_word(name, language) for name in chosen)

    lines = []
    if names("cannot_run"):
        lines.append(say("Cannot run: {checks}.", checks=names("cannot_run")))
    if names("partly"):
        lines.append(say("Run, but see less than they could: {checks}.", checks=names("partly")))
    if names("can_run"):
        lines.append(say("Run in full: {checks}.", checks=names("can_run")))
    return lines
