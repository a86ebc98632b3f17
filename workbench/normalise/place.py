"""Which divisions the beginning of a plain text names, as far as that is certain.

A name counts as read when it says its kind (杭州市), or, shortened (杭州), when something else
confirms it: a blank behind it, or a division of it that follows (杭州西湖区). 杭州路, 上海银行,
长安街 and 朝阳门 name no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.normalise.certainty import BLANKS, is_confirmed, is_other_word, stands_alone
from workbench.normalise.divisions import Division, around_both, cities_of, successors
from workbench.normalise.names import Named, names_at

__all__ = ["Reading", "read_place"]

_DIGIT = re.compile("[0-9]")
_BLANK = "[" + re.escape(BLANKS) + "]"
_NOISE = re.compile(rf"(?:收货|收件|详细|联系)?地址|中华人民共和国|中国|(?:{_BLANK}|[()])+")
# What stands in an export for a level that a place does not have.
_FILLER = re.compile(
    rf"(?:市辖[区县]|(?:省|自治区)?直辖县级行政(?:区划|单位|区)|省直辖行政单位|县(?={_BLANK})){_BLANK}*"
)


@dataclass(frozen=True, slots=True)
class _Step:
    named: Named
    end: int


@dataclass(frozen=True)
class Reading:
    """What was read: the lowest certain division, where its names end, and what was in doubt.

    place: the lowest division that all readings agree on (None: none). It may be a former one.
    end: where the text goes on behind the names; 0 when nothing was read or anything is in doubt.
    candidates: divisions between which the text does not decide; empty when it does.
    conflict: names that contradict what stands before them, as written.
    """

    place: Division | None = None
    end: int = 0
    candidates: tuple[Division, ...] = ()
    conflict: tuple[str, ...] = ()
    steps: int = field(default=0, compare=False)


def read_place(plain: str) -> Reading:
    """The divisions at the beginning of a plain text (see plain_text).

    What stands behind the first digit says nothing of them: many addresses share the rest.
    """
    number = _DIGIT.search(plain)
    return _read(plain[: number.end()] if number else plain)


@lru_cache(maxsize=1 << 16)
def _read(plain: str) -> Reading:
    start = _past_noise(plain)
    reading = _read_at(plain, start)
    if reading.place is None:
        return reading
    reading = _repeated(plain, _contradicted(plain, start, reading))
    return _contradicted(plain, start, reading)


def _read_at(plain: str, start: int) -> Reading:
    chains = [
        chain
        for chain in _chains(plain, start, None)
        if len(chain) > 1 or stands_alone(chain[0].named)
    ]
    if not chains:
        return Reading()
    end = max(chain[-1].end for chain in chains)
    longest = [chain for chain in chains if chain[-1].end == end]
    return _agreed(longest, end)


def _agreed(chains: list[list[_Step]], end: int) -> Reading:
    """The reading of chains of one length; what they disagree on becomes candidates."""
    existing = [chain for chain in chains if chain[-1].named.division.until is None]
    ends = {chain[-1].named.division: len(chain) for chain in chains}
    areas = {tuple(successors(one)) for one in ends}
    if len(areas) == 1:
        ends = {chain[-1].named.division: len(chain) for chain in existing or chains}
    if len(ends) > 1:
        ends = _same_place(ends)
    if len(ends) == 1:
        (place, steps), *_ = ends.items()
        return Reading(place, end, steps=steps)
    common = _common(chains)
    candidates = tuple(sorted(ends, key=lambda one: one.code))
    if common is None:
        around = [one for one in ends if all(o == one or o.lies_in(one) for o in ends)]
        return Reading(around[0] if around else None, 0, candidates)
    return Reading(common.named.division, 0, candidates)


def _same_place(ends: dict[Division, int]) -> dict[Division, int]:
    """Without what one name says of a place and of what lies around it.

    北京市 is a province and a city; 铜仁市 was a district of what is 铜仁市 now: the existing one
    stands. A former division that shares a name with an existing one elsewhere stays in doubt.
    """
    now = [one for one in ends if one.until is None]
    if len(now) != 1:
        return ends
    around = now[0]
    if all(
        any(s == around or s.lies_in(around) or around.lies_in(s) for s in into)
        for one in ends
        if (into := successors(one))
    ):
        return {around: ends[around]}
    return ends


def _common(chains: list[list[_Step]]) -> _Step | None:
    """The last step that all chains share."""
    common = None
    for steps in zip(*chains, strict=False):
        if len({(one.named.division, one.end) for one in steps}) > 1:
            break
        common = steps[0]
    return common


def _chains(plain: str, start: int, above: Division | None) -> Iterator[list[_Step]]:
    """All chains of names from a place in the text, each name below the one before it."""
    for named in names_at(plain, start):
        one = named.division
        if above is not None and not _below(one, above) and not _doubled(one, above, named):
            continue
        if named.full and is_other_word(plain, start, named):
            continue
        step = _Step(named, _past_blanks(plain, start + len(named.text)))
        longer = False
        if one.level < 2:
            for rest in _chains(plain, step.end, one):
                longer = True
                yield [step, *rest]
        if named.full or is_confirmed(plain, start, named, above):
            yield [step]
        elif not longer:
            continue


def _below(one: Division, above: Division) -> bool:
    """Whether a division lies in another, a former one also by what it became: 济南市莱城区."""
    return one.lies_in(above) or any(now.lies_in(above) for now in successors(one))


def _doubled(one: Division, above: Division, named: Named) -> bool:
    """北京 北京市, 南京南京市: the same in full behind the short form."""
    return named.full and one == above and one.until is None


def _contradicted(plain: str, start: int, reading: Reading) -> Reading:
    """The reading without what the name right behind it contradicts.

    A district of elsewhere behind province and city takes only the district away: zones of a city
    have such names. Otherwise two statements stand against each other, and none is known. Two
    districts of one city (吉首市凤凰县) leave the city.
    """
    place = reading.place
    if place is None or reading.candidates or reading.conflict:
        return reading
    others = [one for one in names_at(plain, reading.end) if _says_kind(plain, reading.end, one)]
    if place.level == 2:
        others = [one for one in others if one.division.level == 2 and one.division != place]
        others = [one for one in others if cities_of(one.division) & cities_of(place)]
        if any(one.division in successors(place) for one in others):
            others = []
    else:
        others = [one for one in others if one.division.level > place.level]
        if any(_below(one.division, place) for one in others):
            others = []
    if not others:
        return reading
    conflict = (plain[start : reading.end].strip(BLANKS), others[0].text)
    if place.level == 2:
        return Reading(around_both(place, others[0].division), 0, (), conflict)
    zone = reading.steps > 1 and others[0].division.level == 2
    return Reading(place if zone else None, 0, (), conflict)


def _says_kind(plain: str, start: int, named: Named) -> bool:
    return named.full and len(named.text) > 2 and not is_other_word(plain, start, named)


def _repeated(plain: str, reading: Reading) -> Reading:
    """The reading past names that say the same again: 浙江省 杭州市 浙江省杭州市余杭区.

    Where they say something else, only what both say is known.
    """
    while reading.place is not None and not reading.candidates and not reading.conflict:
        start = _past_noise(plain, reading.end)
        again = _restated(plain, start, reading.place)
        if again is None or again.place is None:
            return reading
        old, new = reading.place, again.place
        steps = reading.steps + again.steps
        if new == old or old.lies_in(new):
            reading = Reading(old, again.end, steps=steps)
        elif new.lies_in(old) or new in successors(old):
            reading = Reading(new, again.end, steps=steps)
        else:
            conflict = (old.name, plain[start : again.end].strip(BLANKS))
            return Reading(around_both(old, new), 0, (), conflict)
    return reading


def _restated(plain: str, start: int, place: Division) -> Reading | None:
    """A further reading that begins with a province or city in full, or with the same place."""
    named = next((n for n in names_at(plain, start) if _says_kind(plain, start, n)), None)
    if named is None:
        return None
    same = named.division == place or named.division in successors(place)
    if named.division.level == 2 and not same:
        return None
    if same:
        return Reading(named.division, _past_blanks(plain, start + len(named.text)), steps=1)
    again = _read_at(plain, start)
    return None if again.candidates else again


def _past_noise(plain: str, start: int = 0) -> int:
    end = start
    while found := _NOISE.match(plain, end):
        end = found.end()
    return end


def _past_blanks(plain: str, start: int) -> int:
    end = start
    while end < len(plain):
        if plain[end] in BLANKS:
            end += 1
        elif found := _FILLER.match(plain, end):
            end = found.end()
        else:
            break
    return end
