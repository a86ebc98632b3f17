"""The sheets on proof and procedure: strength, chronology, checks, remedies, figures."""

from __future__ import annotations

import pandas as pd

from workbench.appeal.labels import (
    copy_label,
    subject_label,
    yes_label,
)
from workbench.appeal.matter import Matter
from workbench.appeal.sheet import Sheet
from workbench.figures import Figures
from workbench.language import Say, check_word, decision_word, step_word, strength_word, words
from workbench.proof import SYSTEMS
from workbench.rows import each

__all__ = [
    "chronology_sheet",
    "exhibits_sheet",
    "figures_sheet",
    "procedure_sheet",
    "remedies_sheet",
    "strength_sheet",
]


def exhibits_sheet(matter: Matter) -> Sheet:
    """One row per evidence file."""
    zh, en = (words("appeal", "zh"), words("appeal", "en"))
    columns = [("number", "number"), ("file", "long"), ("sha256", "id"), ("size", "number")]
    columns += [("code", "text"), ("note", "long"), ("origin", "text"), ("supplier", "text")]
    columns += [("captured_at", "text"), ("copy", "text"), ("system", "text")]
    columns += [("subject", "long"), ("who", "text"), ("added_at", "time")]
    rows = (
        (
            e.number,
            e.name,
            e.sha256,
            e.size,
            e.code,
            e.note,
            e.origin,
            e.supplier,
            e.captured_at,
            _copy_pair(e.copy),
            _system_pair(e.system),
            "\n".join(
                f"{subject_label(kind, one, zh)} / {subject_label(kind, one, en)}"
                for kind, one in e.subjects
            ),
            e.who,
            e.at,
        )
        for e in each(matter.exhibits)
    )
    return Sheet("Evidence", columns, rows)


def strength_sheet(matter: Matter) -> Sheet:
    """One row per order at issue: how much its evidence weighs, and what is lacking."""
    zh, en = words("appeal", "zh"), words("appeal", "en")
    columns = [("order_id", "id"), ("decision", "text"), ("evidence", "text")]
    columns += [("strength", "text"), ("independent", "number"), ("systems", "long")]
    columns += [("neutral", "text"), ("original", "text")]
    columns += [("lacking_zh", "long"), ("lacking_en", "long")]
    rows = (
        (
            o.order_id,
            f"{decision_word(zh, o.decision)} / {decision_word(en, o.decision)}",
            ", ".join(f"E{number}" for number in o.exhibits),
            f"{strength_word(zh, o.strength)} / {strength_word(en, o.strength)}",
            o.independent,
            "\n".join(_system_pair(name) for name in o.systems),
            _yes(o.neutral, zh, en),
            _yes(o.original, zh, en),
            "\n".join(one["zh"] for one in o.lacking),
            "\n".join(one["en"] for one in o.lacking),
        )
        for o in each(matter.orders)
    )
    return Sheet("Strength", columns, rows)


def chronology_sheet(matter: Matter) -> Sheet:
    """One row per recorded moment of the orders that the letter is about."""
    columns = [("when", "time"), ("order_id", "id"), ("group_id", "id")]
    columns += [("told_zh", "long"), ("told_en", "long")]
    columns += [("contradicts_zh", "long"), ("contradicts_en", "long")]
    columns += [("source_file", "id"), ("source_row", "number"), ("event", "number")]
    rows = (
        (
            m.at,
            m.order_id,
            m.group_id,
            m.zh,
            m.en,
            m.flag_zh,
            m.flag_en,
            m.source_file or None,
            None if pd.isna(m.source_row) else int(m.source_row),
            None if pd.isna(m.event) else int(m.event),
        )
        for m in each(matter.chronology)
    )
    return Sheet("Chronology", columns, rows)


def procedure_sheet(matter: Matter) -> Sheet:
    """One row per check of the procedure, also of those that are passed or do not apply."""
    zh, en = words("appeal", "zh"), words("appeal", "en")
    columns = [("check", "text"), ("state", "text"), ("question_zh", "long")]
    columns += [("question_en", "long"), ("told_zh", "long"), ("told_en", "long")]
    columns += [("hook_zh", "long"), ("hook_en", "long"), ("confidence", "text")]
    rows = (
        (
            c.code,
            f"{check_word(zh, c.state)} / {check_word(en, c.state)}",
            c.question_zh,
            c.question_en,
            c.told_zh,
            c.told_en,
            c.hook_zh,
            c.hook_en,
            c.confidence,
        )
        for c in each(matter.checks)
    )
    return Sheet("Procedure", columns, rows)


def remedies_sheet(matter: Matter) -> Sheet:
    """One row per remedy, in their usual order."""
    zh, en = words("appeal", "zh"), words("appeal", "en")
    columns = [("step", "text"), ("told_zh", "long"), ("told_en", "long"), ("clock", "time")]
    columns += [("clock_zh", "long"), ("clock_en", "long")]
    columns += [("hook_zh", "long"), ("hook_en", "long"), ("confidence", "text")]
    rows = (
        (
            f"{step_word(zh, s.state)} / {step_word(en, s.state)}",
            s.zh,
            s.en,
            None if pd.isna(s.clock) else s.clock,
            s.clock_zh,
            s.clock_en,
            s.hook_zh,
            s.hook_en,
            s.confidence,
        )
        for s in each(matter.ladder)
    )
    return Sheet("Remedies", columns, rows)


def figures_sheet(figures: Figures) -> Sheet:
    """One row per figure of the letters: what it is, how it was counted, and from which rows."""
    columns = [("figure", "text"), ("value", "text"), ("name_zh", "long"), ("name_en", "long")]
    columns += [("how_zh", "long"), ("how_en", "long"), ("rows", "long")]
    zh, en = figures.frame("zh"), figures.frame("en")
    rows = (
        (
            one.id,
            one.value,
            one.name,
            other.name,
            one.how,
            other.how,
            "\n".join(f"{s['table']} {s['source_file']}: {s['rows']}" for s in one.sources),
        )
        for one, other in zip(each(zh), each(en), strict=True)
    )
    return Sheet("Figures", columns, rows)


def _system_pair(name: str) -> str:
    """A source system in both languages; "" for none."""
    return f"{SYSTEMS[name].zh} / {SYSTEMS[name].en}" if name in SYSTEMS else ""


def _copy_pair(name: str) -> str:
    """Whether a file is an original, in both languages; "" where nobody said."""
    zh, en = words("appeal", "zh"), words("appeal", "en")
    return f"{copy_label(name, zh)} / {copy_label(name, en)}" if copy_label(name, en) else ""


def _yes(value: bool, zh: Say, en: Say) -> str:
    return f"{yes_label(zh)} / {yes_label(en)}" if value else ""
