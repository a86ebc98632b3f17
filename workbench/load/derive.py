"""Rules for columns that no single header gives: two headers of a statement, a product, a sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.load.looks import filled_cells
from workbench.load.names import meaning_of, name_key, names_of, split_unit, vocabulary
from workbench.load.proposal import Proposal
from workbench.load.reasons import in_words

__all__ = ["derived_rules"]

Cells = Callable[[int], list[str]]


def derived_rules(
    table: str,
    found: Mapping[str, Proposal],
    headers: Sequence[str],
    cells: Cells,
    *,
    guesses: bool,
) -> list[Proposal]:
    """Proposals for columns of `table` that `found` lacks, and better ones for those it has.

    With `guesses` also those that a person must confirm.
    """
    if table == "orders" and guesses:
        return _orders(found)
    if table == "payments":
        return _payments(found, headers, cells, guesses=guesses)
    if table == "refunds":
        return _refunds(found, cells, headers)
    return []


def _orders(found: Mapping[str, Proposal]) -> list[Proposal]:
    derived = []
    if "paid_amount" not in found and {"quantity", "unit_price"} <= set(found):
        rule = {"product": [found["quantity"].rule, found["unit_price"].rule]}
        told = in_words(lambda say: say("no header names it: quantity times unit price"))
        derived.append(Proposal("paid_amount", rule, False, told))
    if "status" not in found:
        told = in_words(lambda say: say("no header names it: every order taken as completed"))
        derived.append(Proposal("status", {"constant": "completed"}, False, told))
    return derived


def _payments(
    found: Mapping[str, Proposal], headers: Sequence[str], cells: Cells, *, guesses: bool
) -> list[Proposal]:
    came, went = (_side(side, headers) for side in ("in", "out"))
    if came and went and not {"amount", "direction"} <= set(found):
        return _two_sides(came, went)
    if "amount" not in found or found["amount"].header is None:
        return []
    header = found["amount"].header
    direction = found.get("direction")
    if direction is not None and direction.header is not None:
        # A statement may write what went out with a minus sign. A minus on what came in is a
        # reversal, which a person must look at.
        outs = {w for w, m in vocabulary("payments", "direction").items() if m == "out"}
        outs |= {w for w, m in direction.rule["words"].items() if m == "out"}
        rule: Any = [
            {"header": header, "when": {"header": header, "negative": False}},
            {
                "header": header,
                "absolute": True,
                "when": [
                    {"header": header, "negative": True},
                    {"header": direction.header, "is": sorted(outs)},
                ],
            },
        ]
        amount = found["amount"]
        return [Proposal("amount", rule, amount.sure, amount.reasons)]
    signs = {cell.startswith("-") for cell in filled_cells(_cells_of(header, headers, cells))}
    return _signed(header) if guesses and signs == {True, False} else []


def _two_sides(came: str, went: str) -> list[Proposal]:
    """A statement with one header for what came in and another for what went out."""
    is_in = [{"header": came, "zero": False}, {"header": went, "zero": True}]
    is_out = [{"header": went, "zero": False}, {"header": came, "zero": True}]
    # A negative income is a reversal: neither rule fits, and the row is quarantined.
    rising = [*is_in, {"header": came, "negative": False}]
    amount = [
        {"header": came, "when": rising},
        {"header": went, "absolute": True, "when": is_out},
    ]
    direction = [{"constant": "in", "when": is_in}, {"constant": "out", "when": is_out}]
    told = in_words(
        lambda say: say("{came} is what came in, {went} what went out", came=came, went=went)
    )
    return [
        Proposal("amount", amount, True, told),
        Proposal("direction", direction, True, told),
    ]


def _signed(header: str) -> list[Proposal]:
    told = in_words(
        lambda say: say(
            "no header names it: what {header} writes with a minus sign went out", header=header
        )
    )
    negative = {"header": header, "negative": True}
    return [
        Proposal("amount", {"header": header, "absolute": True}, False, told),
        Proposal(
            "direction",
            [{"constant": "out", "when": negative}, {"constant": "in"}],
            False,
            told,
        ),
    ]


def _refunds(found: Mapping[str, Proposal], cells: Cells, headers: Sequence[str]) -> list[Proposal]:
    """How far a request has come, where the words of its status say so."""
    status = found.get("aftersale_status")
    if status is None or status.header is None or "state" in found:
        return []
    seen = filled_cells(_cells_of(status.header, headers, cells))
    meant = {w: m for w in seen if (m := meaning_of("refunds", "state", w)) is not None}
    if not meant:
        return []
    rule = {"header": status.header, "words": meant, "lenient": True}
    told = in_words(
        lambda say: say("words of {header} that say how far it has come", header=status.header)
    )
    return [Proposal("state", rule, True, told)]


def _side(side: str, headers: Sequence[str]) -> str | None:
    for name in names_of("payments").sides.get(side, ()):
        for header in headers:
            if name_key(split_unit(header)[0]) == name:
                return header.strip()
    return None


def _cells_of(header: str, headers: Sequence[str], cells: Cells) -> list[str]:
    return cells(next(i for i, h in enumerate(headers) if h.strip() == header))
