"""Which checks can run on what was loaded, what they lack, and which export would give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.language import detector_word, words
from workbench.quality.completeness import filled_by
from workbench.quality.exports import NOWHERE, exports_of, is_known
from workbench.quality.headings import column_word, columns_words, table_word
from workbench.rows import each
from workbench.tables import TABLES

__all__ = ["checks_data", "checks_table", "exports_data", "exports_table"]

_STAND_IN = (
    ("orders.product_id", "orders.seller_sku", "orders.product_title", "orders.sku"),
    ("orders.buyer_id", "orders.buyer_account", "orders.phone"),
)
"""Columns of which the first that is readable stands for the item, or for the buyer: those behind
it add nothing, those before it would be better (docs/detectors.md). Other choices add up."""

_HELPFUL = (
    "shipment_events.tracking_no",
    "shipments.weighed_weight_g",
    "messages.text",
    "campaigns.name",
    "purchases.product_id",
    "reviews.text",
    "payments.posted_at",
)
"""Tables that innocent explanations are tested with; no detector needs them."""


def checks_data(counts: pd.DataFrame, needs: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """One row per check, by name.

    `counts` is what `completeness_data` gives; `needs` maps a check to "table.column" that it
    cannot do without, "a | b" where either will do. Columns: check, state (can_run, partly: a
    column of a choice is missing or masked so that it sees less, cannot_run), missing (needs that
    nothing meets, comma-separated), absent (columns of a choice that no file fills and that would
    help), masked (columns it uses of which less than half is readable).
    """
    state = _states(counts)
    rows = []
    for name, needed in sorted(needs.items()):
        missing: list[str] = []
        absent: list[str] = []
        masked: list[str] = []
        for need in needed:
            choice = need.split(" | ")
            if all(state.get(one, "absent") == "absent" for one in choice):
                missing.append(need)
                continue
            useful = _useful(choice, state)
            absent += [one for one in useful if state.get(one, "absent") == "absent"]
            masked += [one for one in useful if state.get(one) == "masked"]
        rows.append(
            {
                "check": name,
                "state": "cannot_run" if missing else "partly" if absent or masked else "can_run",
                "missing": ", ".join(missing),
                "absent": ", ".join(dict.fromkeys(absent)),
                "masked": ", ".join(dict.fromkeys(masked)),
            }
        )
    return pd.DataFrame(rows, columns=["check", "state", "missing", "absent", "masked"])


def _useful(choice: list[str], state: Mapping[str, str]) -> list[str]:
    """The columns of a choice that a check would use: up to the first readable of stand-ins."""
    for ranked in _STAND_IN:
        if set(choice) <= set(ranked):
            ordered = [one for one in ranked if one in choice]
            read = [n for n, one in enumerate(ordered) if state.get(one) == "readable"]
            return ordered[: read[0] + 1] if read else ordered
    return choice


def checks_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The checks as a reader sees them."""
    say = words("quality", language)
    states = {
        "can_run": say("can run"),
        "partly": say("can run, but sees less"),
        "cannot_run": say("cannot run"),
    }
    comma = "、" if language == "zh" else ", "

    def named(needs: str) -> str:
        return comma.join(columns_words(one, language) for one in needs.split(", ") if one)

    records = [
        {
            say("Check"): check_word(row.check, language),
            say("State"): states[row.state],
            say("Missing"): named(row.missing),
            say("Would see more with"): named(row.absent),
            say("Masked or ciphertext"): named(row.masked),
        }
        for row in each(rows)
    ]
    return pd.DataFrame(records)


def check_word(name: str, language: str) -> str:
    """What a reader sees for a check; a third party's keeps its own name."""
    return detector_word(words("quality", language), name) or name


def exports_data(counts: pd.DataFrame, checks: pd.DataFrame, platform: str = "") -> pd.DataFrame:
    """What to download: one row per wanted column and export that gives it.

    Wanted are columns that checks lack or that are masked, and tables with which innocent
    explanations are tested. Columns: column ("table.column"), for (checks, comma-separated; empty
    for explanations), export (its code, empty where nothing gives it), header, confidence, zh, en
    (name of the export, with its note), own (of the case's platform, or of any).
    """
    wanted: dict[str, list[str]] = {}
    for row in each(checks):
        lacking = ", ".join(one for one in (row.missing, row.absent, row.masked) if one)
        for one in lacking.replace(" | ", ", ").split(", "):
            if one:
                wanted.setdefault(one, []).append(row.check)
    state = _states(counts)
    for one in _HELPFUL:
        if state.get(one, "absent") == "absent":
            wanted.setdefault(one, [])
    rows = [row for one, names in wanted.items() for row in _giving(one, names, platform)]
    columns = ["column", "for", "export", "header", "confidence", "zh", "en"]
    return pd.DataFrame(rows, columns=columns)


def exports_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """What to download as a reader sees it."""
    say = words("quality", language)
    confidence = {
        "verified": say("verified in public sources"),
        "weak": say("one source only"),
        "unverified": say("not verified"),
        "": "",
    }
    comma = "、" if language == "zh" else ", "
    records = []
    for row in rows.to_dict("records"):
        table, _, column = row["column"].partition(".")
        names = [check_word(one, language) for one in row["for"].split(", ") if one]
        records.append(
            {
                say(
                    "Wanted"
                ): f"{table_word(table, language)}: {column_word(table, column, language)}",
                say("For"): comma.join(names) or say("innocent explanations"),
                say("Download"): row[language],
                say("Column there"): row["header"],
                say("Confidence"): confidence[row["confidence"]],
            }
        )
    return pd.DataFrame(records)


def _giving(column: str, names: Sequence[str], platform: str) -> list[dict[str, str]]:
    told = {"column": column, "for": ", ".join(names)}
    if column in NOWHERE.columns:
        blank = {"export": "", "header": "", "confidence": ""}
        return [{**told, **blank, "zh": NOWHERE.words["zh"], "en": NOWHERE.words["en"]}]
    rows = []
    for export in exports_of(column, platform):
        said = {
            language: export.name[language] + (f" ({export.note[language]})" if export.note else "")
            for language in ("zh", "en")
        }
        header = export.gives[column]
        known = {"export": export.code, "header": header, "confidence": export.confidence}
        rows.append({**told, **known, **said})
    if not rows:
        none = {language: _unknown(language, platform) for language in ("zh", "en")}
        rows.append({**told, "export": "", "header": "", "confidence": "", **none})
    return rows


def _unknown(language: str, platform: str) -> str:
    say = words("quality", language)
    if is_known(platform):
        return say("no export of this platform is known to give it")
    return say("depends on the platform, and this case names none that is known")


def _states(counts: pd.DataFrame) -> dict[str, str]:
    """Per "table.column": absent (no cell filled), masked (half or more unreadable), readable."""
    state = {}
    for row in each(filled_by(counts)):
        hidden = row.masked + row.opaque
        if not row.filled:
            found = "absent"
        elif TABLES[row.table].column(row.column).mask and 2 * hidden >= row.filled:
            found = "masked"
        else:
            found = "readable"
        state[f"{row.table}.{row.column}"] = found
    return state
