"""A notice that was read, as lines of text: values, excerpts, what must be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.language import Say, words
from workbench.notice.fields import FIELDS, value_text
from workbench.notice.match import Match, match_question
from workbench.notice.notices import Notice
from workbench.notice.parsed import ParsedNotice, Reading, Remark
from workbench.notice.rule_pack import NUMBERS, RulePack

__all__ = [
    "how_text",
    "match_lines",
    "notice_lines",
    "pack_lines",
    "parsed_lines",
    "remark_text",
    "sure_word",
]

_MOST_LISTED = 20


def sure_word(sure: str, language: str) -> str:
    """How sure a reading is, in a word or two."""
    say = words("notice", language)
    return {
        "stated": say("stated"),
        "likely": say("by its wording"),
        "computed": say("computed"),
        "doubtful": say("doubtful"),
    }[sure]


def how_text(reading: Reading, language: str) -> str:
    """What a person must know of how a value came about; "" for nothing."""
    say = words("notice", language)
    told = dict(reading.figures)
    if "field" in told:
        told["field"] = FIELDS[told["field"]].title(language)
    if reading.how == "counted":
        return say("“{window}” counted from {from_} ({field})", **_from(told))
    if reading.how == "counted_from_other":
        return say(
            "“{window}” counted from {from_} ({field}), as the date that it names is not known",
            **_from(told),
        )
    if reading.how == "working_days":
        return say(
            "“{window}” counted from {from_} ({field}) without Saturdays and Sundays; public "
            "holidays and working weekends are not known",
            **_from(told),
        )
    return {
        "": "",
        "no_hour": say("no hour is stated: until the end of the day"),
        "day_before": say("“before” this day: the day itself may not count, so the eve is taken"),
        "year_taken": say("no year is stated: the first such day after the first date"),
        "from_left": say("worked out from how many are left"),
        "counted_from_now": say("only how many are left is stated: counted from now"),
    }[reading.how]


def remark_text(remark: Remark, language: str) -> str:
    """What a person is told of a place of the text."""
    say = words("notice", language)
    told = dict(remark.figures)
    if "field" in told:
        told["field"] = FIELDS[told["field"]].title(language)
    if remark.code == "order_range":
        return say(
            "The notice names a range from {first} to {last}: only its two ends are taken, "
            "nothing between them is guessed.",
            **told,
        )
    if remark.code == "masked_order":
        return say("{order} is masked and cannot be taken for an order.", **told)
    if remark.code == "count_differs":
        return say("The notice speaks of {said} orders; {listed} were read.", **told)
    if remark.code == "deadline_differs":
        return say("Counted, the appeal would be open until {counted}: the two differ.", **told)
    if remark.code == "day_order":
        return say("{field}: in {written} it is not clear which number is the month.", **told)
    if remark.code == "no_year":
        return say("{field}: {written} has no year, and no other date to count from.", **told)
    return say("{field}: {written} is no date.", **told)


def parsed_lines(parsed: ParsedNotice, language: str) -> list[str]:
    """Every field that was read with its excerpt, the remarks, and what must be confirmed."""
    say = words("notice", language)
    lines = [say("Read from the notice (check each against its words):")]
    for name, field in FIELDS.items():
        if name == "order_ids":
            continue
        for one in parsed.of(name):
            lines.append(f"  {field.title(language)}: {value_text(name, _one(one), language)}")
            lines.append(f"    [{sure_word(one.sure, language)}] {_quoted(parsed, one)}")
            if how := how_text(one, language):
                lines.append(f"    {how}")
    orders = parsed.value("order_ids")
    lines.append(f"  {say('Orders it names: {count}', count=len(orders))}")
    lines += [f"    {part}" for part in _rows(orders, say)]
    lines += [f"  ! {remark_text(one, language)}" for one in parsed.remarks]
    if parsed.conflicting:
        names = say(", ").join(FIELDS[name].title(language) for name in parsed.conflicting)
        lines.append(say("Read differently in two places, none taken: {names}", names=names))
    unread = say(", ").join(FIELDS[name].title(language) for name in parsed.unread)
    lines.append(say("Not read: {names}", names=unread or say("nothing")))
    if parsed.to_confirm:
        names = say(", ").join(FIELDS[name].title(language) for name in parsed.to_confirm)
        lines.append(say("To be confirmed or filled in: {names}", names=names))
    return lines


def notice_lines(notice: Notice, language: str) -> list[str]:
    """A notice as the case holds it; what a person confirmed is marked."""
    say = words("notice", language)
    lines = [say("Notice {id}", id=notice.notice_id or say("without a number"))]
    for name, field in FIELDS.items():
        if name in ("notice_id", "order_ids", "orders_corrected"):
            continue
        value = getattr(notice, name)
        if name == "measures" and not value and notice.measure:
            value = (notice.measure,)
        if value in (None, ()):
            if field.needed:
                lines.append(f"  {field.title(language)}: {say('not known')}")
            continue
        mark = say(" (confirmed)") if name in notice.confirmed else ""
        lines.append(f"  {field.title(language)}: {value_text(name, value, language)}{mark}")
    if notice.confirmed_by:
        lines.append(f"  {say('Confirmed by {who}', who=notice.confirmed_by)}")
    return lines


def match_lines(matches: Sequence[Match], language: str) -> list[str]:
    """How many of the named orders the data hold, and a question for each that they do not."""
    say = words("notice", language)
    exact = sum(one.how == "exact" for one in matches)
    other = sum(one.found and one.how != "exact" for one in matches)
    missing = [one for one in matches if not one.found]
    lines = [
        say(
            "Orders named: {count}; found as written: {exact}; found in another way of writing: "
            "{other}; not found: {missing}",
            count=len(matches),
            exact=exact,
            other=other,
            missing=len(missing),
        )
    ]
    for one in [one for one in matches if one.found and one.how != "exact"][:_MOST_LISTED]:
        lines.append(f"  {one.order_id} → {one.matched}")
    lines += [f"  ? {match_question(one, language)}" for one in missing[:_MOST_LISTED]]
    if len(missing) > _MOST_LISTED:
        lines.append(f"  {say('and {count} more', count=len(missing) - _MOST_LISTED)}")
    return lines


def pack_lines(pack: RulePack, language: str) -> list[str]:
    """What is known of the platform's rules, and what of it nobody has confirmed."""
    say = words("notice", language)
    lines = [say("Rules of {platform}:", platform=pack.name(language))]
    note = pack.note_zh if language == "zh" else pack.note_en
    lines += [f"  {note}"] if note else []
    for one in pack.values:
        if one.confirmed:
            state = say("confirmed by {who}", who=one.confirmed_by)
        elif one.verified:
            state = say("read in the source")
        else:
            state = say("unverified")
        key = number_word(one.key, language) if one.key in NUMBERS else text_word(one.key, language)
        source = say("source: {source}, {as_of}", source=one.source, as_of=one.as_of)
        lines.append(f"  {key}: {one.told(language)} [{state}; {one.confidence}; {source}]")
        lines += [f"    {one.note(language)}"] if one.note(language) else []
    return lines


def number_word(key: str, language: str) -> str:
    """What a number of a rule pack is called."""
    say = words("notice", language)
    return {
        "appeal_days": say("Days to appeal"),
        "second_appeal_days": say("Days for a second appeal"),
        "demotion_appeal_days": say("Days to appeal against a demotion"),
        "general_appeal_days": say("Days to appeal in a general violation"),
        "reply_days": say("Days until an answer"),
        "attempts": say("Appeals allowed"),
        "max_files": say("Files at most"),
        "max_file_bytes": say("Bytes of a file at most"),
        "max_total_bytes": say("Bytes of all files at most"),
        "max_characters": say("Characters at most"),
        "points": say("Points per finding"),
        "closing_points": say("Points at which a shop is closed"),
    }[key]


def text_word(key: str, language: str) -> str:
    """What a text of a rule pack is called."""
    say = words("notice", language)
    return {
        "definition": say("Definition"),
        "tier": say("Measures"),
        "appeal_window": say("Time to appeal"),
        "attempts_told": say("Attempts"),
        "evidence": say("Evidence it names"),
        "channel": say("Where to appeal"),
        "story_trap": say("Do not argue so"),
        "process": say("How it works"),
    }[key]


def _from(told: dict[str, str]) -> dict[str, str]:
    return {"window": told["window"], "from_": told["from"], "field": told["field"]}


def _one(reading: Reading) -> object:
    listed = FIELDS[reading.field].type in ("texts", "orders")
    return (reading.value,) if listed else reading.value


def _quoted(parsed: ParsedNotice, reading: Reading) -> str:
    before, own, after = parsed.excerpt(reading)
    return f"…{before}»{own}«{after}…"


def _rows(orders: Sequence[str], say: Say) -> Iterator[str]:
    shown = orders[:_MOST_LISTED]
    for at in range(0, len(shown), 4):
        yield " ".join(shown[at : at + 4])
    if len(orders) > len(shown):
        yield say("and {count} more", count=len(orders) - len(shown))
