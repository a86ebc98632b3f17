"""Which kinds of brushing the shop's columns can show at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workbench.detect.trade import BUYER_COLUMNS, ITEM_COLUMNS
from workbench.known_answer.material import Material
from workbench.tables import Tables

__all__ = ["KINDS", "absent", "link_fields", "purse_fields"]

_BUYER = " | ".join(f"orders.{name}" for name in BUYER_COLUMNS)
_ITEM = " | ".join(f"orders.{name}" for name in ITEM_COLUMNS)


def absent(kind: str, tables: Tables, material: Material) -> list[str]:
    """The columns without which this shop's data cannot show the kind; [] when they can.

    A column that is there and holds nothing (or masked values only) is as good as absent.
    "a | b" means that either would do.
    """
    missing = [_ITEM] if (material.lines["item"] < 0).all() else []
    if material.buyer is None:
        missing.append(_BUYER)
    return missing + KINDS[kind](tables, material)


def purse_fields(material: Material) -> list[str]:
    """Fields besides phone and address by which accounts can be seen to be one."""
    fields = ("device", "buyer_account", "ip")
    return [name for name in fields if name != material.buyer and material.known(name)]


def link_fields(material: Material) -> list[str]:
    """Fields that can link accounts into a chain (a network address links half a town)."""
    fields = ("phone", "device", "address", "buyer_account")
    return [name for name in fields if name != material.buyer and material.known(name)]


def _burst(tables: Tables, material: Material) -> list[str]:
    return [] if material.clock else ["orders.created_at (time of the day)"]


def _phone(tables: Tables, material: Material) -> list[str]:
    told = material.buyer != "phone" and material.known("phone")
    return [] if told else ["orders.phone"]


def _purse(tables: Tables, material: Material) -> list[str]:
    wanted = "orders.device | orders.buyer_account | orders.ip"
    return [] if purse_fields(material) else [wanted]


def _address(tables: Tables, material: Material) -> list[str]:
    return [] if material.known("address") else ["orders.address"]


def _chain(tables: Tables, material: Material) -> list[str]:
    fields = link_fields(material)
    if len(fields) >= 2:
        return []
    return [
        f"orders.{name}"
        for name in ("phone", "device", "address")
        if name not in fields and name != material.buyer
    ]


def _accounts_only(tables: Tables, material: Material) -> list[str]:
    return []


def _parcels(tables: Tables, material: Material) -> list[str]:
    if material.parcels is None or material.parcels.empty:
        return ["shipments.order_id"]
    weighed = "weighed_weight_g" in material.parcels and bool(
        material.parcels.weighed_weight_g.notna().any()
    )
    scanned = material.scans is not None and not material.scans.empty
    wanted = "shipment_events.occurred_at | shipments.weighed_weight_g"
    return [] if weighed or scanned else [wanted]


def _payouts(tables: Tables, material: Material) -> list[str]:
    columns = tables["payments"].columns if "payments" in tables else ()
    if not columns:
        return ["payments.amount"]
    told = "order_id" in columns or "counterparty_account" in columns
    return [] if told else ["payments.order_id | payments.counterparty_account"]


KINDS: Mapping[str, Callable[[Tables, Material], list[str]]] = MappingProxyType(
    {
        "burst": _burst,
        "slow_phone": _phone,
        "shared_purse": _purse,
        "address_variants": _address,
        "account_chain": _chain,
        "lockstep": _accounts_only,
        "repeated_account": _accounts_only,
        "empty_parcels": _parcels,
        "money_back": _payouts,
    }
)
"""The kinds that are planted, and what each lacks besides buyers and items."""
