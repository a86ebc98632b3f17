"""Check 5: what slip, payment and item list say of an order agrees with the order (R05)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from workbench.gate.partial_values import (
    agree_address,
    agree_amount,
    agree_name,
    agree_phone,
    agree_text,
)
from workbench.gate.verdict import (
    FAILED,
    NEEDS_ANSWER,
    PASSED,
    Known,
    Question,
    Tell,
    Verdict,
)
from workbench.language import Say

__all__ = ["COMPARED", "agreement", "all_agree"]

# Field → columns of the slip, columns of the order, and how the two are compared. A signer is not
# compared: a neighbour or a parcel station may sign.
_OF_SLIP: Mapping[str, tuple[str, str, Callable[[str, str], bool | None]]] = {
    "tracking_no": ("tracking_no", "tracking_no", agree_text),
    "consignee": ("consignee", "buyer_name", agree_name),
    "phone": ("phone", "phone", agree_phone),
    "address": ("address", "address", agree_address),
    "sku": ("sku", "sku", agree_text),
    "city": ("receiver_city", "city", lambda one, other: _city(one, other)),
    "carrier": ("carrier", "carrier", lambda one, other: _carrier(one, other)),
}
COMPARED = ("consignee", "phone", "address", "tracking_no", "sku", "amount")
"""Fields that a slip is read by; each must agree, or a person has to look."""

_COLUMNS = ["order_id", "field", "with", "agrees"]


def agreement(
    orders: pd.DataFrame,
    shipments: pd.DataFrame | None,
    payments: pd.DataFrame | None,
    order_lines: pd.DataFrame | None,
) -> pd.DataFrame:
    """One row per order, field and other paper: order_id, field, with, agrees.

    `agrees` is True, False, or None where what both show does not tell. The frames have the
    canonical columns that are known: `orders` and `order_lines` of the orders meant, `shipments`
    of their waybills, `payments` that name them. `with` is the table compared with.
    """
    rows: list[tuple[str, str, str, bool | None]] = []
    by_order = {str(one): lines for one, lines in orders.groupby("order_id", sort=True)}
    slips = _by_order(shipments)
    for order_id, lines in by_order.items():
        rows += _with_slips(order_id, lines, slips.get(order_id))
    rows += _paid(by_order, payments)
    rows += _goods(by_order, order_lines)
    return pd.DataFrame(rows, columns=_COLUMNS)


def all_agree(
    defended: Sequence[str],
    compared: pd.DataFrame,
    known: Known,
    decided_at: Mapping[str, pd.Timestamp],
) -> Verdict:
    """Whether every defended order agrees with its papers, or a person says why it does not.

    `compared` are the rows of `agreement`. Where the data do not tell, one answer of the case
    covers the orders that had been decided when it was given.
    """
    if not defended:
        return Verdict(NEEDS_ANSWER, [lambda say: say("No order is defended yet.")])
    differs = compared[compared["agrees"].eq(False)]
    wrong = [one for one in defended if one in set(differs["order_id"])]
    proven = compared[compared["agrees"].eq(True)].groupby("order_id")["field"].agg(set)
    unknown = [
        one
        for one in defended
        if one not in set(wrong) and not set(COMPARED) <= proven.get(one, set())
    ]
    fields = differs.groupby("order_id")["field"].agg(lambda own: sorted(set(own)))
    asked = [_why_different(one, fields[one]) for one in wrong]
    by_eye = Question("gate.5", _by_eye, orders=tuple(unknown))
    given = known.to(by_eye)
    late = [one for one in unknown if given and decided_at[one] > given.at]
    unseen = unknown if known.state(by_eye) != PASSED else late
    unexplained = [q.subject_id for q in asked if known.state(q) != PASSED]
    told = _told(defended, wrong, unexplained, unknown, unseen, late)
    state = FAILED if unexplained or (known.state(by_eye) == FAILED and unknown) else PASSED
    if state == PASSED and unseen:
        state = NEEDS_ANSWER
    return Verdict(state, told, [*unexplained, *unseen], [*asked, *([by_eye] if unknown else [])])


def _told(
    defended: Sequence[str],
    wrong: Sequence[str],
    unexplained: Sequence[str],
    unknown: Sequence[str],
    unseen: Sequence[str],
    late: Sequence[str],
) -> list[Tell]:
    told: list[Tell] = [
        lambda say: say(
            "Defended orders: {all}; that differ from a slip, a payment or an item list: {differ}; "
            "of these not explained: {open}.",
            all=len(defended),
            differ=len(wrong),
            open=len(unexplained),
        )
    ]
    if unknown:
        told.append(
            lambda say: say(
                "Orders of which the data do not show all that is compared: {count}; not yet held "
                "against the slip by a person: {unseen}.",
                count=len(unknown),
                unseen=len(unseen),
            )
        )
    if late:
        told.append(
            lambda say: say(
                "Orders decided after the answer was given: {count}. Answer again.",
                count=len(late),
            )
        )
    return told


def _by_eye(say: Say) -> str:
    return say(
        "Were consignee, phone, address, waybill, goods and amount of every slip held against "
        "its order, and do they agree? How were they compared?"
    )


def _why_different(order_id: str, fields: Sequence[str]) -> Question:
    def ask(say: Say) -> str:
        words = {
            "tracking_no": say("waybill"),
            "consignee": say("consignee"),
            "phone": say("phone"),
            "address": say("address"),
            "sku": say("goods"),
            "city": say("city"),
            "carrier": say("carrier"),
            "amount": say("amount"),
            "quantity": say("quantity"),
        }
        told = say(", ").join(str(words[one]) for one in fields)
        return say("Order {order} differs in {fields}. Is it in order, and why?", order=order_id,
                fields=told)  # fmt: skip

    return Question("gate.5", ask, "order", order_id, orders=(order_id,))


def _with_slips(
    order_id: str, lines: pd.DataFrame, slips: pd.DataFrame | None
) -> Iterator[tuple[str, str, str, bool | None]]:
    if slips is None:
        return
    for field, (of_slip, of_order, agree) in _OF_SLIP.items():
        if of_slip not in slips or of_order not in lines:
            continue
        ours, theirs = _texts(lines[of_order]), _texts(slips[of_slip])
        if ours and theirs:
            yield order_id, field, "shipments", _all_found(theirs, ours, agree)


def _all_found(
    theirs: Sequence[str], ours: Sequence[str], agree: Callable[[str, str], bool | None]
) -> bool | None:
    """Each of theirs agrees with one of ours; None where one of them only fits."""
    best = [{agree(one, other) for other in ours} for one in theirs]
    if all(True in found for found in best):
        return True
    return None if all(True in found or None in found for found in best) else False


def _paid(
    by_order: Mapping[str, pd.DataFrame], payments: pd.DataFrame | None
) -> Iterator[tuple[str, str, str, bool | None]]:
    if payments is None or not {"direction", "amount"} <= set(payments):
        return
    came = payments[payments["direction"].eq("in")].groupby("order_id")["amount"].agg(_total)
    for order_id, lines in by_order.items():
        if order_id in came.index and "paid_amount" in lines:
            agrees = agree_amount(came[order_id], _total(lines["paid_amount"]))
            yield order_id, "amount", "payments", agrees


def _goods(
    by_order: Mapping[str, pd.DataFrame], order_lines: pd.DataFrame | None
) -> Iterator[tuple[str, str, str, bool | None]]:
    listed = _by_order(order_lines)
    for order_id, lines in by_order.items():
        own = listed.get(order_id)
        if own is None:
            continue
        for field in ("sku", "quantity"):
            if field in own and field in lines:
                ours, theirs = _sorted(lines[field]), _sorted(own[field])
                if ours and theirs:
                    yield order_id, field, "order_lines", ours == theirs


def _by_order(frame: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    if frame is None or frame.empty:
        return {}
    return {str(one): rows for one, rows in frame.groupby("order_id", sort=True)}


def _texts(values: pd.Series) -> list[str]:
    known = (str(one).strip() for one in values.dropna())
    return list(dict.fromkeys(one for one in known if one))


def _sorted(values: pd.Series) -> list[str]:
    return sorted(str(one).strip() for one in values.dropna() if str(one).strip())


def _total(values: pd.Series) -> Decimal:
    return sum((Decimal(str(one)) for one in values.dropna()), Decimal(0))


def _city(one: str, other: str) -> bool | None:
    """Cities with and without 市; a district of the city only fits."""
    first, second = (text.strip().removesuffix("市") for text in (one, other))
    return True if first == second else None if first in second or second in first else False


def _carrier(one: str, other: str) -> bool | None:
    """Carriers have short and long names (顺丰, 顺丰速运): other words tell nothing."""
    return True if agree_text(one, other) else None
