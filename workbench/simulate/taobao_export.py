"""Write a shop as a Taobao seller would have it: the classic order list, and files beside it.

The quirks are those of real files: GBK, every cell quoted except ids written ="…", headers with
trailing blanks, phones with an apostrophe, NULL in some empty cells, amounts ending in 元.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.simulate.canonical_files import write_csv
from workbench.simulate.shop import AS_OF, Shop
from workbench.simulate.word_lists import words

__all__ = ["EXPORT_NAME", "SCANS_KEPT", "write_taobao"]

EXPORT_NAME = f"ExportOrderList{AS_OF:%Y%m%d%H%M}.csv"
SCANS_KEPT = pd.Timedelta(days=15)
"""How far the carriers' records go back; older ones only where the shop asked in time."""
ITEMS_COMPARED, COMPARED = 12, 25
"""The items most named in the notice, and how many other parcels of each the shop had weighed."""
_IDS = {"订单编号", "支付单号", "主订单编号"}
_MONEY = ("goods_amount", "shipping_amount", "discount_amount", "paid_amount", "refund_amount")


def write_taobao(shop: Shop, folder: Path) -> list[Path]:
    """The order list in GBK, the other tables and the truth in UTF-8; gives the files written.

    The order list has no item number, so the side files name items by title. Parcels and
    scans older than SCANS_KEPT are gone, except those of the orders that the notice names, and
    the weighings of COMPARED other parcels for each of the ITEMS_COMPARED items it names most.
    """
    folder.mkdir(parents=True, exist_ok=True)
    export = folder / EXPORT_NAME
    export.write_bytes(_order_list(shop.orders).encode("gbk"))
    titles = shop.orders.drop_duplicates("product_id").set_index("product_id")["product_title"]
    parcels, scans = _kept_parcels(shop), shop.shipment_events
    weighings = _compared_parcels(shop, parcels)
    sides = {
        "notices": shop.notices,
        "shipments": pd.concat([parcels, weighings]).sort_index(),
        "shipment_events": scans[scans["tracking_no"].isin(parcels["tracking_no"])],
        "campaigns": _by_title(shop.campaigns, titles),
        "messages": shop.messages,
        "reviews": _by_title(shop.reviews, titles),
        "purchases": _by_title(shop.purchases, titles),
        "stock": _by_title(shop.stock, titles),
        "payments": shop.payments,
        "traffic": _by_title(shop.traffic, titles),
        "staff": shop.staff,
        "truth": shop.known_kinds(),
    }
    written = [write_csv(t, folder / f"{name}.csv") for name, t in sides.items() if len(t)]
    return [export, *written]


def _by_title(table: pd.DataFrame, titles: pd.Series[str]) -> pd.DataFrame:
    return table.assign(product_id=table["product_id"].map(titles))


def _kept_parcels(shop: Shop) -> pd.DataFrame:
    parcels = shop.shipments
    kept = (parcels["shipped_at"] >= AS_OF - SCANS_KEPT) | parcels["order_id"].isin(
        shop.notices["order_id"]
    )
    return parcels[kept]


def _compared_parcels(shop: Shop, kept: pd.DataFrame) -> pd.DataFrame:
    """The newest other parcels with the items of the notice, for comparing weights."""
    items = shop.orders.drop_duplicates("order_id").set_index("order_id")["product_id"]
    others = shop.shipments[~shop.shipments["tracking_no"].isin(kept["tracking_no"])]
    item = others["order_id"].map(items)
    wanted = others[
        item.isin(items.reindex(shop.notices["order_id"]).value_counts().head(12).index)
    ]
    newest = wanted.sort_values(["shipped_at", "tracking_no"], ascending=False)
    return newest[newest.groupby(item.reindex(newest.index)).cumcount() < COMPARED]


def _order_list(orders: pd.DataFrame) -> str:
    headers = words("taobao")["headers"]
    lines = [",".join(f'"{h}"' for h in headers)]
    for number, order in enumerate(_order_grain(orders)):
        cells = _cells(number, order)
        lines.append(",".join(_written(h, cells.get(h.strip(), "")) for h in headers))
    return "\r\n".join(lines) + "\r\n"


def _written(header: str, value: str) -> str:
    if header in _IDS:
        return f'="{value}"'
    return '"' + value.replace('"', '""') + '"'


def _order_grain(orders: pd.DataFrame) -> Iterable[Mapping[str, Any]]:
    """One mapping per order: lines joined by a comma, their money and pieces added up."""
    found: dict[str, Any] | None = None
    table = orders.astype(object).where(orders.notna(), None)
    for line in table.to_dict("records"):
        if found is not None and found["order_id"] == line["order_id"]:
            found["product_title"] += "，" + line["product_title"]
            found["kinds"] += 1
            for column in ("quantity", *_MONEY):
                found[column] += line[column]
            continue
        if found is not None:
            yield found
        found = {str(name): value for name, value in line.items()} | {"kinds": 1}
    if found is not None:
        yield found


def _cells(number: int, order: Mapping[str, Any]) -> dict[str, str]:
    """The filled cells of one order, by header without blanks."""
    form = words("taobao")
    due = order["goods_amount"] - order["discount_amount"]
    settled = order["paid_amount"] - order["refund_amount"] if order["completed_at"] else 0
    cells = {header: order[column] or "" for header, column in form["copied"].items()}
    cells |= form["constants"]
    cells |= {
        "买家应付货款": f"{due:.2f}",
        "买家应付邮费": f"{order['shipping_amount']:.2f}",
        "总金额": f"{due + order['shipping_amount']:.2f}",
        "买家实际支付金额": f"{order['paid_amount']:.2f}",
        "退款金额": f"{order['refund_amount']:.2f}",
        "打款商家金额": f"{settled:.2f}元",
        "订单状态": form["statuses"][order["status"]][number % 4 == 0],
        "订单关闭原因": order["close_reason"] or "订单未关闭",
        "收货地址": f"{order['address']}({order['postcode']})",
        "联系手机": f"'{order['phone']}",
        "订单创建时间": _moment(order["created_at"]),
        "订单付款时间": _moment(order["paid_at"]),
        "确认收货时间": _moment(order["completed_at"]),
        "宝贝种类": str(order["kinds"]),
        "宝贝总数量": str(order["quantity"]),
        "店铺名称": words("items")["shop"],
        "是否手机订单": "手机订单" if order["channel"] == "app" else "",
    }
    for header, every in form["null_every"].items():
        if number % every == 0 and not cells.get(header):
            cells[header] = "NULL"
    return cells


def _moment(time: pd.Timestamp | None) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S}" if time is not None else ""
