"""Read a platform's notice, and record what a person confirmed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.case import Case, open_case
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.notice import (
    Match,
    Notice,
    ParsedNotice,
    RulePack,
    confirm_rule,
    match_ids,
    notices,
    parse_notice,
    record_notice,
    rule_pack,
)
from workbench.notice.document import Document, read_document
from workbench.notice.fields import typed
from workbench.tables import read_tables

__all__ = ["NoticeRead", "notice"]


@dataclass(frozen=True)
class NoticeRead:
    """What is known of a notice.

    `parsed` is what was read of the given text (None where none was given), `fields` what a
    person gave beside it, `notices` those that the case holds now, `matches` the orders of the
    given notice (else of the newest one), `pack` the rules of its platform. `recorded` is whether
    anything was written.
    """

    parsed: ParsedNotice | None
    fields: Mapping[str, Any]
    notices: tuple[Notice, ...]
    matches: tuple[Match, ...]
    pack: RulePack
    recorded: bool


def notice(
    case: Path,
    source: Path | str | None = None,
    *,
    given: Mapping[str, str] | None = None,
    rules: Mapping[str, str] | None = None,
    confirm: bool = False,
    who: str = "",
) -> NoticeRead:
    """Read a notice (a file, or its text), and record it once a person confirms.

    `given` are fields as a person typed them ("appeal_deadline": "2026-01-09"); they win over
    what was read, and a date among them is what a deadline is counted from. `rules` are numbers
    of the platform's rule pack that the person held against the notice. Nothing is written unless
    `confirm` is given with a name. Raises BadInput with every problem at once.
    """
    opened = open_case(case)
    tables = read_tables(connect(), opened.tables_dir)
    fields = _typed(given or {})
    document = _document(source)
    parsed = parse_notice(document.text, opened.zone, fields) if document else None
    read = {**(parsed.values() if parsed else {}), **fields}
    if confirm:
        if not read and not rules:
            raise BadInput("Nothing is there to confirm", do="Give the notice, or its fields")
        if read:
            _record(opened, parsed, fields, document, who)
        platform = str(read.get("platform") or "") or opened.platform
        for key, value in (rules or {}).items():
            confirm_rule(opened, platform, key, value, who=who)
    elif rules:
        raise BadInput(
            "A number of a rule pack is confirmed by a person", "--rule", "Add --confirm"
        )
    held = tuple(notices(tables, opened))
    return NoticeRead(
        parsed=parsed,
        fields=fields,
        notices=held,
        matches=tuple(match_ids(_orders(read, held), tables)),
        pack=rule_pack(_platform(read, held, opened), opened),
        recorded=confirm,
    )


def _typed(given: Mapping[str, str]) -> dict[str, Any]:
    fields, problems = {}, []
    for name, text in given.items():
        try:
            fields[name] = typed(name, text)
        except BadInput as error:
            problems += list(error.problems)
    if problems:
        raise BadInput.many(problems)
    return fields


def _document(source: Path | str | None) -> Document | None:
    if source is None:
        return None
    return read_document(source) if isinstance(source, Path) else Document(source)


def _record(
    case: Case,
    parsed: ParsedNotice | None,
    fields: Mapping[str, Any],
    document: Document | None,
    who: str,
) -> None:
    if parsed is None and "notice_id" not in fields:
        raise BadInput(
            "It is not said which notice the fields are of",
            "--set",
            "Add --set notice_id=…, or give the text of the notice",
        )
    given: ParsedNotice | Mapping[str, Any] = parsed if parsed is not None else fields
    original = document.original if document else b""
    text = document.text if document else ""
    record_notice(case, given, who=who, text=text, original=original, changed=fields)


def _orders(read: Mapping[str, Any], held: tuple[Notice, ...]) -> tuple[str, ...]:
    if read.get("order_ids"):
        pairs = dict(read.get("orders_corrected", ()))
        return tuple(pairs.get(one, one) for one in read["order_ids"])
    return held[0].order_ids if held and not read else ()


def _platform(read: Mapping[str, Any], held: tuple[Notice, ...], case: Case) -> str:
    named = [read.get("platform"), held[0].platform if held else None, case.platform]
    return next((str(one) for one in named if one), "")
