"""What is known of a platform's rules: dated data, each with its source and how sure it is.

Platforms change numbers without telling anybody here. A number that was not read in the platform's
own current text is unverified: it is shown as such, and counts only once a person has held it
against the notice (`confirm_rule`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from workbench.case import Case, Event, append, standing_events
from workbench.errors import BadInput, Problem
from workbench.proof.smallest_set import Limits

__all__ = [
    "CONFIDENCE",
    "NUMBERS",
    "TEXTS",
    "Rule",
    "RulePack",
    "confirm_rule",
    "limits_of",
    "rule_pack",
    "rule_packs",
]

_FOLDER = Path(__file__).with_name("rule_packs")
OWN_FOLDER = "rule_packs"

# V: read in the platform's own text; V-sec: in a secondary, undated or translated copy; G: general
# knowledge, unverified.
CONFIDENCE = ("V", "V-sec", "G")
NUMBERS = (
    "appeal_days",
    "second_appeal_days",
    "attempts",
    "supplement_hours",
    "max_files",
    "max_file_bytes",
    "max_total_bytes",
    "max_characters",
)
TEXTS = ("definition", "penalty", "evidence", "channel", "trap")
_FIELDS = {"key", "value", "zh", "en", "source_zh", "source_en", "as_of", "confidence"}


@dataclass(frozen=True)
class Rule:
    """One thing that is known of a platform's rules.

    `value` is a whole number for a key of NUMBERS (days, hours, attempts, files, bytes or
    characters, as the key says), None for a key of TEXTS. `zh` and `en` say it in words. `as_of`
    is the day or year of the source, or "undated". `confirmed` is whether a person held it
    against the notice of this case.
    """

    key: str
    value: int | None
    zh: str
    en: str
    source_zh: str
    source_en: str
    as_of: str
    confidence: str
    confirmed: bool = False

    @property
    def verified(self) -> bool:
        """Whether it may be relied on: read in the platform's own text, or confirmed."""
        return self.confirmed or self.confidence == "V"


@dataclass(frozen=True)
class RulePack:
    """What is known of one platform. Of several numbers of one key the smallest is `number`."""

    platform: str
    zh: str
    en: str
    names: tuple[str, ...]
    rules: tuple[Rule, ...]

    def of(self, key: str) -> tuple[Rule, ...]:
        """All that is known of a key, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.key == key)

    def number(self, key: str) -> Rule | None:
        """The rule to go by: a confirmed one, else the most cautious; None where none is known."""
        known = [rule for rule in self.of(key) if rule.value is not None]
        confirmed = [rule for rule in known if rule.confirmed]
        return min(confirmed or known, key=lambda rule: rule.value or 0, default=None)

    @property
    def appeal_days(self) -> Rule | None:
        """Days from the notice in which an appeal is open."""
        return self.number("appeal_days")

    @property
    def attempts(self) -> Rule | None:
        """How many appeals one finding allows."""
        return self.number("attempts")

    @property
    def max_files(self) -> Rule | None:
        """How many files an appeal takes."""
        return self.number("max_files")

    @property
    def max_file_bytes(self) -> Rule | None:
        """How large one file may be."""
        return self.number("max_file_bytes")

    @property
    def max_total_bytes(self) -> Rule | None:
        """How large all files may be together."""
        return self.number("max_total_bytes")

    @property
    def max_characters(self) -> Rule | None:
        """How long the text of an appeal may be."""
        return self.number("max_characters")


def rule_pack(platform: str, case: Case | None = None) -> RulePack | None:
    """The rule pack of a platform by any of its names; None for a platform nobody wrote of.

    With `case` a pack of the firm's own in CASE/rule_packs takes its place, and numbers that a
    person confirmed against the notice count as such. Raises BadInput for an own pack that
    cannot be read, with all that is wrong in it.
    """
    wanted = platform.strip().casefold()
    packs = {**rule_packs(), **(_own_packs(case) if case is not None else {})}
    names = (pack for pack in packs.values() if wanted in (pack.platform, *pack.names))
    found = next(names, None)
    if found is None and wanted:
        within = (p for p in packs.values() if any(name in wanted for name in p.names))
        found = next(within, None)
    return _with_confirmed(found, case) if found and case is not None else found


@cache
def rule_packs() -> Mapping[str, RulePack]:
    """The rule packs that come with the workbench, by platform."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}


def confirm_rule(
    case: Case, platform: str, key: str, value: int, *, source: str, who: str
) -> Event:
    """Write down that a person read this number in the notice or in the platform's own rule.

    `source` says where it was read. Raises BadInput for a key that is no number of a rule pack.
    """
    problems = []
    if key not in NUMBERS:
        problems.append(Problem(f"There is no number {key!r}", do=f"One of {', '.join(NUMBERS)}"))
    if value < 0:
        problems.append(Problem(f"{key} cannot be {value}"))
    pack = rule_pack(platform, case)
    if problems:
        raise BadInput.many(problems)
    what = f"{pack.platform if pack else platform.strip().casefold()}.{key}"
    body = {"what": what, "value": str(value), "source": source.strip()}
    return append(case.database, who=who, kind="confirmation", subject_kind="case", body=body)


def limits_of(pack: RulePack | None) -> tuple[Limits, bool]:
    """What the platform takes of files, and whether every number of it may be relied on."""
    if pack is None:
        return Limits(), False
    told = (pack.max_files, pack.max_file_bytes, pack.max_total_bytes, pack.max_characters)
    numbers = [rule.value if rule else None for rule in told]
    return Limits(*numbers), all(rule.verified for rule in told if rule) and any(told)


def _with_confirmed(pack: RulePack, case: Case) -> RulePack:
    confirmed: dict[str, tuple[int, str]] = {}
    for event in standing_events(case, "confirmation"):
        platform, _, key = event.body["what"].partition(".")
        if platform == pack.platform and key in NUMBERS:
            confirmed[key] = (int(event.body["value"]), event.body["source"])
    kept = [rule for rule in pack.rules if rule.key not in confirmed]
    told = [_confirmed(pack, key, *given) for key, given in confirmed.items()]
    return replace(pack, rules=(*kept, *told))


def _confirmed(pack: RulePack, key: str, value: int, source: str) -> Rule:
    former = next((rule for rule in pack.of(key) if rule.value == value), None)
    if former is not None:
        return replace(former, confirmed=True)
    return Rule(key, value, str(value), str(value), source, source, "", "G", confirmed=True)


def _own_packs(case: Case) -> dict[str, RulePack]:
    return {path.stem: _read(path) for path in sorted((case.path / OWN_FOLDER).glob("*.toml"))}


def _read(path: Path) -> RulePack:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadInput(f"The rule pack cannot be read: {error}", str(path)) from None
    problems = [
        Problem(f"A rule pack needs {name}", str(path))
        for name in ("zh", "en", "names")
        if not raw.get(name)
    ]
    rules = raw.get("rule", [])
    problems += [problem for n, one in enumerate(rules, 1) for problem in _wrong(one, n, path)]
    if problems:
        raise BadInput.many(problems)
    return RulePack(
        platform=path.stem,
        zh=raw["zh"],
        en=raw["en"],
        names=tuple(str(name).casefold() for name in raw["names"]),
        rules=tuple(_rule(one) for one in rules),
    )


def _rule(one: Mapping[str, Any]) -> Rule:
    return Rule(**{"value": None, **one, "as_of": str(one["as_of"])})


def _wrong(one: Mapping[str, Any], number: int, path: Path) -> Iterable[Problem]:
    where = f"{path.name}, rule {number}"
    for name in sorted(_FIELDS - {"value"} - one.keys()):
        yield Problem(f"The rule lacks {name}", where)
    for name in sorted(one.keys() - _FIELDS):
        yield Problem(f"A rule has no {name}", where)
    if one.get("confidence") not in CONFIDENCE:
        yield Problem("The confidence is not known", where, f"One of {', '.join(CONFIDENCE)}")
    key, value = one.get("key"), one.get("value")
    if key in NUMBERS and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        yield Problem(f"{key} needs a whole number", where)
    elif key in TEXTS and value is not None:
        yield Problem(f"{key} is told in words and has no value", where)
    elif key not in (*NUMBERS, *TEXTS):
        yield Problem(f"Unknown key {key!r}", where, f"One of {', '.join((*NUMBERS, *TEXTS))}")
