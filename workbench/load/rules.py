"""The small language that says where a canonical column comes from.

A rule is written in TOML as

- `"Header"`: the cell under that header;
- `[rule, rule, …]`: the first that gives a value;
- `{ header = "…", part = 1, of = 4 }`: one of the parts between blanks, if there are so many;
- `{ header = "…", words = {…}, pattern = "…", strip = "…", empty = […], absolute = true }`: a cell
  after words are looked up, the group of a regular expression taken, a prefix or suffix
  removed, further empty markers read as empty, or a minus sign dropped; with `lenient = true` a
  word that `words` does not know gives no value instead of a fault, and is counted; with
  `scale = 1000` a number is multiplied, as kilograms are for a column of grams;
- `{ constant = "…" }`;
- `{ sum = […], minus = […] }` and `{ product = […] }` over headers, where every header must be
  there; a sum is empty only when all of its cells are, a product when one of them is; one of the
  things summed may be a product, written as a list of headers; `absolute = true` drops the sign;
- `{ join = ["Date", "Time"], by = " " }`: cells written one after another, for a text or a time;
  one of them may be a rule with `header`, such as words that stand for the offset of a zone;
- any of these with `when = { header = "…", … }` (or a list, all of which must hold): `is`,
  `not`, `starts_with`, `ends_with`, `contains`, `matches` (a regular expression for the whole
  cell), `filled`, `negative`, `zero` (`true`: nothing or an amount of 0; `false`: anything else),
  or `continued = true` for the further rows of an order whose first row alone carries the order's
  cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.load.when import Condition, RuleError, read_condition, text, texts

__all__ = [
    "Cell",
    "Condition",
    "Constant",
    "First",
    "Joined",
    "Product",
    "Rule",
    "RuleError",
    "Sum",
    "read_condition",
    "read_rule",
    "rule_headers",
]


@dataclass(frozen=True)
class Cell:
    """The cell under a header."""

    header: str
    words: tuple[tuple[str, str], ...] = ()
    pattern: str = ""
    part: tuple[int, int] = (0, 0)
    strip: str = ""
    empty: tuple[str, ...] = ()
    absolute: bool = False
    lenient: bool = False
    scale: int = 1
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Constant:
    """The same value on every row."""

    value: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Joined:
    """Cells written one after another, empty ones left out."""

    parts: tuple[Cell, ...]
    by: str = " "
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Sum:
    """Cells, or products of cells, added up, less others."""

    plus: tuple[tuple[str, ...], ...]
    minus: tuple[tuple[str, ...], ...] = ()
    absolute: bool = False
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Product:
    """Cells multiplied."""

    factors: tuple[str, ...]
    absolute: bool = False
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class First:
    """The first rule that gives a value."""

    rules: tuple[Rule, ...]


Rule = Cell | Constant | Joined | Sum | Product | First

_KINDS: Mapping[str, set[str]] = {
    "header": {
        *("header", "words", "pattern", "part", "of", "strip", "empty", "absolute", "lenient"),
        *("scale", "when"),
    },
    "constant": {"constant", "when"},
    "join": {"join", "by", "when"},
    "sum": {"sum", "minus", "absolute", "when"},
    "product": {"product", "absolute", "when"},
}


def read_rule(raw: Any) -> Rule:
    """A rule from its TOML value; raises RuleError with what is wrong with it."""
    if isinstance(raw, str):
        return Cell(raw)
    if isinstance(raw, list):
        if not raw:
            raise RuleError("an empty list gives no value")
        return First(tuple(read_rule(entry) for entry in raw))
    if not isinstance(raw, dict):
        raise RuleError(f"{raw!r} is neither a header nor a rule")
    kinds = [kind for kind in _KINDS if kind in raw]
    if len(kinds) != 1:
        raise RuleError(f"a rule has exactly one of {', '.join(_KINDS)}, not {sorted(raw)}")
    kind = kinds[0]
    if unknown := sorted(set(raw) - _KINDS[kind]):
        raise RuleError(f"a rule with `{kind}` knows no {', '.join(unknown)}")
    when = _conditions(raw.get("when", []))
    if kind == "constant":
        return Constant(text(raw["constant"]), when)
    if kind == "sum":
        absolute = bool(raw.get("absolute", False))
        return Sum(_terms(raw["sum"]), _terms(raw.get("minus", [])), absolute, when)
    if kind == "join":
        return Joined(_parts(raw["join"]), text(raw.get("by", " ")), when)
    if kind == "product":
        return Product(texts(raw["product"]), bool(raw.get("absolute", False)), when)
    return _cell(raw, when)


def rule_headers(rule: Rule) -> Iterator[str]:
    """Every header that a rule reads, those of its conditions included, in order."""
    if isinstance(rule, First):
        for inner in rule.rules:
            yield from rule_headers(inner)
        return
    yield from value_headers(rule)
    yield from (condition.header for condition in rule.when if condition.header)


def value_headers(rule: Rule) -> Iterator[str]:
    """The headers whose cells make up a rule's value, in order."""
    if isinstance(rule, First):
        for inner in rule.rules:
            yield from value_headers(inner)
    elif isinstance(rule, Cell):
        yield rule.header
    elif isinstance(rule, Sum):
        yield from (header for term in (*rule.plus, *rule.minus) for header in term)
    elif isinstance(rule, Joined):
        yield from (part.header for part in rule.parts)
    elif isinstance(rule, Product):
        yield from rule.factors


def _cell(raw: Mapping[str, Any], when: tuple[Condition, ...]) -> Cell:
    words = raw.get("words", {})
    if not isinstance(words, dict):
        raise RuleError("`words` is a table of the source's words and what they mean")
    if "lenient" in raw and not (words and isinstance(raw["lenient"], bool)):
        raise RuleError("`lenient` is true or false, and belongs to `words`")
    scale = raw.get("scale", 1)
    if not isinstance(scale, int) or isinstance(scale, bool) or scale < 1:
        raise RuleError("`scale` is a whole number above 0")
    return Cell(
        header=text(raw["header"]),
        words=tuple((text(word), text(meaning)) for word, meaning in words.items()),
        pattern=text(raw.get("pattern", "")),
        part=_part(raw),
        strip=text(raw.get("strip", "")),
        empty=texts(raw.get("empty", [])),
        absolute=bool(raw.get("absolute", False)),
        lenient=bool(raw.get("lenient", False)),
        scale=scale,
        when=when,
    )


def _part(raw: Mapping[str, Any]) -> tuple[int, int]:
    part, of = raw.get("part", 0), raw.get("of", 0)
    if not (isinstance(part, int) and isinstance(of, int) and 0 <= part <= of):
        raise RuleError("`part` is a number from 1 to `of`, the least number of parts")
    if bool(part) != bool(of):
        raise RuleError("`part` and `of` belong together")
    return part, of


def _conditions(raw: Any) -> tuple[Condition, ...]:
    return tuple(read_condition(entry) for entry in (raw if isinstance(raw, list) else [raw]))


def _parts(raw: Any) -> tuple[Cell, ...]:
    """What is joined: each entry a header, or a rule over one without conditions."""
    if not isinstance(raw, list) or not raw:
        raise RuleError(f"{raw!r} is no list of what to join")
    parts = tuple(read_rule(entry) for entry in raw)
    if not all(isinstance(part, Cell) and not part.when for part in parts):
        raise RuleError("what is joined is a header, or a rule over one without `when`")
    return tuple(part for part in parts if isinstance(part, Cell))


def _terms(raw: Any) -> tuple[tuple[str, ...], ...]:
    """What a sum adds up: each entry a header, or a list of headers to multiply."""
    if not isinstance(raw, list):
        raise RuleError(f"{raw!r} is no list")
    return tuple(texts(entry) if isinstance(entry, list) else (text(entry),) for entry in raw)
