"""What is known of a platform's rules on fake transactions, and how sure that is.

Platform numbers go stale, and most could not be read in an official text: every value has its
source, its date and its confidence, and counts as confirmed only once a person held it against
the notice. One TOML file per platform in `rule_packs/`; a file of a case replaces values.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from workbench.case import Case, Event, append, standing_events
from workbench.errors import BadInput, Problem

__all__ = [
    "NUMBERS",
    "OWN_FOLDER",
    "PLATFORMS",
    "RulePack",
    "RuleValue",
    "confirm_rule",
    "platform_of",
    "rule_pack",
]

Confidence = Literal["V", "V-sec", "G"]
CONFIDENCES = ("V", "V-sec", "G")

NUMBERS = (
    "appeal_days", "second_appeal_days", "demotion_appeal_days", "general_appeal_days",
    "reply_days", "attempts", "max_files", "max_file_bytes", "max_total_bytes", "max_characters",
    "points", "closing_points",
)  # fmt: skip
"""Keys whose value is a whole number; a person may confirm each of them for any platform."""
TEXTS = (
    "definition", "tier", "appeal_window", "attempts_told", "evidence", "channel", "story_trap",
    "process",
)  # fmt: skip
OWN_FOLDER = "rule_packs"
"""The folder of a case whose files replace values of the shipped packs."""
_FOLDER = Path(__file__).with_name("rule_packs")
_WHAT = "rule_pack"


@dataclass(frozen=True)
class RuleValue:
    """One value of a rule pack.

    `value` is a whole number, or a text in zh and en. `source` names the document (and its key in
    the internal study), `as_of` its date as far as it is known, `confidence` V (read in the
    source), V-sec (a secondary or undated copy) or G (commonly quoted, read nowhere). `confirmed`
    says that `confirmed_by` held it against the notice; `shipped` is then what the pack said.
    """

    key: str
    value: int | None
    zh: str
    en: str
    source: str
    as_of: str
    confidence: Confidence
    note_zh: str = ""
    note_en: str = ""
    own: bool = False
    confirmed: bool = False
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    shipped: int | None = None

    @property
    def verified(self) -> bool:
        """Whether an appeal may rest on it: confirmed by a person, or read in the source."""
        return self.confirmed or self.confidence == "V"

    def told(self, language: str) -> str:
        """The value as a reader sees it."""
        return str(self.value) if self.value is not None else getattr(self, language)

    def note(self, language: str) -> str:
        """What must be known beside it."""
        return self.note_zh if language == "zh" else self.note_en


@dataclass(frozen=True)
class RulePack:
    """What is known of one platform; `retrieved` is whether any text of its rules could be read.

    Values that are not known are None: a pack can be nearly empty, and says so in `note_zh`
    and `note_en`.
    """

    platform: str
    zh: str
    en: str
    names: tuple[str, ...]
    retrieved: bool
    note_zh: str
    note_en: str
    values: tuple[RuleValue, ...] = ()

    def get(self, key: str) -> RuleValue | None:
        """The first value of a key; None where none is known."""
        return next((one for one in self.values if one.key == key), None)

    def all(self, key: str) -> tuple[RuleValue, ...]:
        """All values of a key: tiers, kinds of evidence, traps."""
        return tuple(one for one in self.values if one.key == key)

    @property
    def appeal_days(self) -> RuleValue | None:
        """Days to appeal; of several windows the shortest."""
        return self.get("appeal_days")

    @property
    def reply_days(self) -> RuleValue | None:
        """Days within which the platform promises an answer."""
        return self.get("reply_days")

    @property
    def attempts(self) -> RuleValue | None:
        """Appeals that are allowed."""
        return self.get("attempts")

    @property
    def max_files(self) -> RuleValue | None:
        """Files that an appeal may hold."""
        return self.get("max_files")

    @property
    def max_file_bytes(self) -> RuleValue | None:
        """Bytes of one file."""
        return self.get("max_file_bytes")

    @property
    def max_total_bytes(self) -> RuleValue | None:
        """Bytes of all files together."""
        return self.get("max_total_bytes")

    @property
    def max_characters(self) -> RuleValue | None:
        """Characters of the text of an appeal."""
        return self.get("max_characters")

    def name(self, language: str) -> str:
        """The platform's name."""
        return self.zh if language == "zh" else self.en


def platform_of(text: str) -> str:
    """The platform that a text names: "淘宝/天猫" → taobao; "" where it names none or several."""
    plain = text.casefold().strip()
    if plain in _shipped():
        return plain
    found = {name for name, pack in _shipped().items() if any(one in plain for one in pack.names)}
    return found.pop() if len(found) == 1 else ""


def rule_pack(platform: str, case: Case | None = None, until: datetime | None = None) -> RulePack:
    """What is known of a platform (its name in any language); an empty pack for an unknown one.

    With a `case` its own file `rule_packs/<platform>.toml` replaces all values of the keys it
    names, and numbers that a person confirmed (`confirm_rule`) replace both. Raises BadInput with
    every problem of that file. `until` (UTC) leaves out what was confirmed later.
    """
    name = platform_of(platform) or platform.casefold().strip()
    pack = _shipped().get(name) or _unknown(platform)
    if case is None:
        return pack
    own = case.path / OWN_FOLDER / f"{pack.platform}.toml"
    if pack.platform and own.is_file():
        pack = _over(pack, read_pack(own, own=True))
    return _confirmed(pack, case, until)


def confirm_rule(
    case: Case, platform: str, key: str, value: int | str, *, who: str, source: str = ""
) -> Event:
    """Write down that a person held a number of a rule pack against the notice.

    `value` is what the notice (or the rule that it names) says; `source` says where it was read.
    A later confirmation replaces an earlier one. Raises BadInput with every problem at once: an
    unknown key, a value that is no whole number from 0 on, no name.
    """
    name = platform_of(platform) or platform.casefold().strip()
    problems = []
    if not name:
        problems.append(Problem("The platform is not named", do="Name it as in the notice"))
    if key not in NUMBERS:
        do = f"Give one of {', '.join(NUMBERS)}"
        problems.append(Problem(f"A rule pack has no number {key!r}", do=do))
    if not str(value).strip().isdecimal():
        problems.append(Problem(f"This is no whole number: {value!r}", key))
    if not who.strip():
        problems.append(Problem("A confirmation needs a name", do="Say who read the notice"))
    if problems:
        raise BadInput.many(problems)
    body = {"what": f"{_WHAT}.{name}.{key}", "value": str(int(value))}
    body["source"] = source.strip() or "notice"
    return append(case.database, who=who, kind="confirmation", subject_kind="case", body=body)


def read_pack(path: Path, *, own: bool = False) -> RulePack:
    """A rule pack from its TOML file; raises BadInput with every problem in it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"The rule pack cannot be read: {error}", str(path)) from None
    entries = raw.get("value", [])
    problems = list(_problems(entries, str(path)))
    if problems:
        raise BadInput.many(problems)
    return RulePack(
        platform=path.stem,
        zh=str(raw.get("zh", path.stem)),
        en=str(raw.get("en", path.stem)),
        names=tuple(str(one).casefold() for one in raw.get("names", ())),
        retrieved=bool(raw.get("retrieved", own)),
        note_zh=str(raw.get("note_zh", "")),
        note_en=str(raw.get("note_en", "")),
        values=tuple(_value(one, own=own) for one in entries),
    )


@cache
def _shipped() -> Mapping[str, RulePack]:
    return {path.stem: read_pack(path) for path in sorted(_FOLDER.glob("*.toml"))}


def _value(entry: Mapping[str, Any], *, own: bool) -> RuleValue:
    return RuleValue(
        key=entry["key"],
        value=entry.get("value"),
        zh=str(entry.get("zh", "")),
        en=str(entry.get("en", "")),
        source=entry["source"],
        as_of=str(entry["as_of"]),
        confidence=entry["confidence"],
        note_zh=str(entry.get("note_zh", "")),
        note_en=str(entry.get("note_en", "")),
        own=own,
    )


def _problems(entries: Any, where: str) -> Iterable[Problem]:
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        yield Problem("A rule pack lists its values as [[value]]", where)
        return
    for number, one in enumerate(entries, 1):
        at = f"{where}, value {number} ({one.get('key', '')})"
        if one.get("key") not in (*NUMBERS, *TEXTS):
            yield Problem(f"Unknown key {one.get('key')!r}", at, f"Use one of {NUMBERS + TEXTS}")
        for name in ("source", "as_of", "confidence"):
            if not str(one.get(name, "")).strip():
                yield Problem(f"The value has no {name}", at, "Every value says where it is from")
        if one.get("confidence") not in (None, "", *CONFIDENCES):
            yield Problem(f"Unknown confidence {one['confidence']!r}", at, "Use V, V-sec or G")
        number_wanted = one.get("key") in NUMBERS
        value = one.get("value")
        if number_wanted and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            yield Problem(f"This is no whole number: {value!r}", at)
        if not number_wanted and not (one.get("zh") and one.get("en")):
            yield Problem("The text is not given in zh and en", at)


def _unknown(platform: str) -> RulePack:
    return RulePack(
        platform=platform.casefold().strip(),
        zh=platform,
        en=platform,
        names=(),
        retrieved=False,
        note_zh="没有该平台的规则资料；期限、次数与限制请以通知为准。",
        note_en="Nothing is known of this platform's rules; days, attempts and limits are those "
        "of the notice.",
    )


def _over(pack: RulePack, own: RulePack) -> RulePack:
    """The pack with the values of a case's own file in place of those of the same keys."""
    replaced = {one.key for one in own.values}
    kept = [one for one in pack.values if one.key not in replaced]
    notes = {name: getattr(own, name) or getattr(pack, name) for name in ("note_zh", "note_en")}
    return replace(pack, values=(*own.values, *kept), retrieved=True, **notes)


def _confirmed(pack: RulePack, case: Case, until: datetime | None) -> RulePack:
    values = {one.key: one for one in reversed(pack.values) if one.key in NUMBERS}
    for event in standing_events(case, "confirmation", until=until):
        what, _, key = str(event.body.get("what", "")).rpartition(".")
        value = str(event.body.get("value", ""))
        if what != f"{_WHAT}.{pack.platform}" or key not in NUMBERS or not value.isdecimal():
            continue
        known = values.get(key)
        source = str(event.body.get("source", ""))
        day = f"{event.at:%Y-%m-%d}"
        base = known or RuleValue(key, None, "", "", source, day, "V-sec")
        shipped = base.shipped if base.confirmed else base.value
        values[key] = replace(
            base,
            value=int(value),
            source=source if source != "notice" or known is None else base.source,
            confirmed=True,
            confirmed_by=event.who,
            confirmed_at=event.at.to_pydatetime(),
            shipped=shipped,
        )
    texts = [one for one in pack.values if one.key not in NUMBERS]
    return replace(pack, values=(*values.values(), *texts))


PLATFORMS = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""The platforms that have a rule pack."""
