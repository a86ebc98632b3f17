"""Orders by the shop's own people.

Flag: the buyer's account or phone, or the consignee's name and address together, are those of
somebody on the staff list (red flags B4, K7). Staff buy for themselves as well: one order is no
finding. Test: such orders crowd among an item's orders in time, far beyond their share in the
shop (see workbench.detect.flagged); or one account has more orders than the shop's other buyers
have, paid for with the number of staff.
"""

from __future__ import annotations

import ibis
import pandas as pd
from ibis.expr.types import StringValue, Table

from workbench.detect.constants import LEAD, MIN_FLAGGED
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import More, Suspects, crowded, dearer, report
from workbench.detect.flagged import flagged
from workbench.detect.opening import on_trade
from workbench.engine import keeping
from workbench.normalise import is_masked, phone_frame, plain_address
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "seller_accounts"
KEYS = (("buyer_id",), ("phone",), ("name", "address"))


def find(tables: Tables) -> pd.DataFrame:
    """Runs of orders by staff, and staff who order like no customer; see docs/detectors.md."""
    people, staff = _staff_orders(tables)
    if people is None:
        return no_findings(reviewed=0, missing=["staff.buyer_id | staff.phone | staff.address"])
    trade = tables["trade"]
    with keeping(trade.get_backend()) as keep:
        own = keep(people.distinct())
        orders = trade.filter(trade.line == 0).select("order", "order_id", "item", "second")
        both = orders.left_join(own, "order_id").drop("order_id_right")
        rows = both.mutate(stratum=ibis.literal(""), flag=both.person.notnull())
        known = flagged(rows.drop("person"), keep)
        if not known.usual.flagged_orders:
            return no_findings(reviewed=staff)
        people_of = own.to_pandas().set_index("order_id").person
        found = crowded(known) + _busy(tables, known.table.filter(known.table.flag), staff)
        # By item in time, and by account.
        found = [one for one in (dearer(one, 2) for one in found) if one]
        return report(NAME, tables, found, _facts(people_of, staff), reviewed=staff)


def _staff_orders(tables: Tables) -> tuple[Table | None, int]:
    """Orders by people of the list (order_id, person: row of the list), and how many they are.

    None where the list and the orders have nothing in common that tells people apart.
    """
    orders, staff = tables["orders"], tables["staff"].to_pandas()
    staff = staff.sort_values([c for c in ("source_file", "source_row") if c in staff])
    staff = staff.reset_index(drop=True)
    if "phone" in staff:
        staff["phone"] = phone_frame(staff.phone).key
    names = {"name": "buyer_name", "buyer_id": "buyer_id", "phone": "phone", "address": "address"}
    matches = []
    for keys in KEYS:
        if all(key in staff and names[key] in orders.columns for key in keys):
            wanted = staff[list(keys)].apply(lambda c: c.astype("string").str.strip())
            wanted = wanted.replace("", pd.NA).dropna().assign(person=lambda t: t.index)
            schema = {**dict.fromkeys(keys, "string"), "person": "int64"}
            table = ibis.memtable(wanted.astype(dict.fromkeys(keys, "object")), schema=schema)
            person = table.select("person", **{f"is_{k}": _whole(table, k, k) for k in keys})
            on = [f"is_{key}" for key in keys]
            # An address is long to compare: only those of people with a name on the list are.
            own = orders.mutate(**{on[0]: _plain(orders, names[keys[0]], keys[0])})
            own = own.filter(own[on[0]].isin(sorted(set(wanted[keys[0]]))))
            own = own.select("order_id", **{f"is_{k}": _plain(own, names[k], k) for k in keys})
            matches.append(own.join(person, on).select("order_id", "person"))
    if not matches:
        return None, len(staff)
    both = ibis.union(*matches, distinct=True) if len(matches) > 1 else matches[0]
    return both.group_by("order_id").aggregate(person=both.person.min()), len(staff)


def _whole(table: Table, name: str, kind: str) -> StringValue:
    """The value as it is compared; null when empty or masked."""
    return ibis.ifelse(is_masked(table[name]), ibis.null("string"), _plain(table, name, kind))


def _plain(table: Table, name: str, kind: str) -> StringValue:
    text = table[name].strip()
    if kind == "address":
        text = plain_address(text)
    elif kind == "phone":
        # As platforms print them: with the country, blanks or dashes. A mobile has eleven digits.
        digits = text.re_replace("[^0-9*]", "")
        text = ibis.ifelse(digits.length() > 11, digits.right(11), digits)
    return text.nullif("")


def _busy(tables: Tables, own: Table, staff: int) -> list[Suspects]:
    """Accounts of staff with as many orders as hardly any other buyer of the shop."""
    trade = tables["trade"]
    if "buyer" not in trade.columns:
        return []
    orders = trade.filter((trade.line == 0) & trade.buyer.notnull())
    rows = own.join(orders.select("order", "buyer", "buyer_orders"), "order").to_pandas()
    buyers = set(rows.buyer)
    sizes = orders.group_by(["buyer"]).aggregate(n=orders.buyer_orders.max()).to_pandas()
    others = sizes.n[~sizes.buyer.isin(buyers)].to_numpy()
    found = []
    for _, mine in rows.groupby("buyer"):
        if len(mine) >= MIN_FLAGGED and len(others):
            tail = ((others >= len(mine)).sum() + 1) / (len(others) + 1)
            mine = mine.sort_values(["second", "order_id"])
            usual = float(others.mean()) / len(mine)
            one = Suspects(
                tuple(mine.order_id), mine, len(mine), len(mine), usual, float(tail), staff
            )
            found.append(one)
    return [one for one in found if one.p_value < LEAD]


def _facts(people: pd.Series, staff: int) -> More:
    def facts(one: Suspects) -> dict[str, object]:
        return {
            "staff": staff,
            "staff_members": int(people[people.index.isin(one.orders)].nunique()),
            "staff_orders": len(people),
        }

    return facts


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        ("staff.buyer_id", "staff.phone", "staff.name"),
        ("orders.buyer_id", "orders.phone", "orders.buyer_name"),
    ),
    find=on_trade(find, buyers=False),
)
