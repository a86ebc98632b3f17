"""Files made by hand for the tests, under the real headers of each platform, and a way to load them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from workbench.load import LoadReport, load_files

# export_headers.json: taobao/order_list_2019_61col; a blank at the end of a header is real.
TAOBAO = (
    "订单编号|买家会员名|买家支付宝账号|支付单号|支付详情|买家应付货款|买家应付邮费|买家支付积分|总金额|返点积分|买家实际支付金额|买家实际支付积分|订单状态|买家留言|收货人姓名|收货地址 |运送方式|联系电话 |联系手机|订单创建时间|订单付款时间 |宝贝标题 |宝贝种类 |物流单号 |物流公司|订单备注|宝贝总数量|店铺Id|店铺名称|订单关闭原因|卖家服务费|买家服务费|发票抬头|是否手机订单|分阶段订单信息|特权订金订单id|是否上传合同照片|是否上传小票|是否代付|定金排名|修改后的sku|修改后的收货地址|异常信息|天猫卡券抵扣|集分宝抵扣|是否是O2O交易|新零售交易类型|新零售导购门店名称|新零售导购门店id|新零售发货门店名称|新零售发货门店id|退款金额|预约门店|确认收货时间|打款商家金额|含应开票给个人的个人红包|是否信用购|体验期结束时间|前N有礼|配送类型|主订单编号"
).split("|")
# export_headers.json: pdd/order_export_27col; a blank at the end of a header is real.
PINDUODUO = (
    "商品|订单号|订单状态|商品总价(元)|邮费(元)|店铺优惠折扣(元)|平台优惠折扣(元)|多多支付立减金额(元)|用户实付金额(元)|商家实收金额(元)|商品数量(件)|发货时间|确认收货时间|商品id|商品规格|样式ID|商家编码-规格维度|商家编码-商品维度|商家备注|售后状态|快递单号|快递公司|订单成交时间|是否分期|分期期数|手续费承担方|分期方式"
).split("|")
# export_headers.json: douyin/order_export_74col; a blank at the end of a header is real.
DOUYIN = (
    "主订单编号|子订单编号|选购商品|商品规格|商品数量|商品ID|商家编码|商品单价|订单应付金额|运费|优惠总金额|平台优惠|商家优惠|达人优惠|商家改价|支付优惠|红包抵扣|支付方式|手续费|收件人|收件人手机号|省|市|区|街道|详细地址|是否修改过地址|地址修改时段|买家留言|订单提交时间|旗帜颜色|商家备注|订单完成时间|支付完成时间|APP渠道|流量来源|订单状态|承诺发货时间|订单类型|鲁班落地页ID|达人ID|达人昵称|所属门店ID|售后状态|取消原因|预约发货时间|仓库ID|仓库名称|序列号|是否安心购|广告渠道|流量类型|流量体裁|流量渠道|发货主体|发货主体明细|发货时间|降价类优惠|平台实际承担优惠金额|商家实际承担优惠金额|达人实际承担优惠金额|预计送达时间|是否平台仓自流转|车型|商品69码|发货SN码|发货IMEI码1|发货IMEI码2|预约送达时间|建议发货时间（起）|建议发货时间（止）|物流SN码|物流IMEI码1|物流IMEI码2"
).split("|")
# export_headers.json: amazon/all_orders_34col_observed; a blank at the end of a header is real.
AMAZON = (
    "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|sales-channel|order-channel|ship-service-level|product-name|sku|asin|item-status|quantity|currency|item-price|item-tax|shipping-price|shipping-tax|gift-wrap-price|gift-wrap-tax|item-promotion-discount|ship-promotion-discount|ship-city|ship-state|ship-postal-code|ship-country|promotion-ids|cpf|is-business-order|purchase-order-number|price-designation|signature-confirmation-recommended|order-item-id"
).split("|")
# export_headers.json: shopify/orders_export_79col; a blank at the end of a header is real.
SHOPIFY = (
    "Name|Email|Financial Status|Paid at|Fulfillment Status|Fulfilled at|Accepts Marketing|Currency|Subtotal|Shipping|Taxes|Total|Discount Code|Discount Amount|Shipping Method|Created at|Lineitem quantity|Lineitem name|Lineitem price|Lineitem compare at price|Lineitem sku|Lineitem requires shipping|Lineitem taxable|Lineitem fulfillment status|Billing Name|Billing Street|Billing Address1|Billing Address2|Billing Company|Billing City|Billing Zip|Billing Province|Billing Country|Billing Phone|Shipping Name|Shipping Street|Shipping Address1|Shipping Address2|Shipping Company|Shipping City|Shipping Zip|Shipping Province|Shipping Country|Shipping Phone|Notes|Note Attributes|Cancelled at|Payment Method|Payment Reference|Refunded Amount|Vendor|Outstanding Balance|Employee|Location|Device ID|Id|Tags|Risk Level|Source|Lineitem discount|Tax 1 Name|Tax 1 Value|Tax 2 Name|Tax 2 Value|Tax 3 Name|Tax 3 Value|Tax 4 Name|Tax 4 Value|Tax 5 Name|Tax 5 Value|Phone|Receipt Number|Duties|Billing Province Name|Shipping Province Name|Payment ID|Payment Terms Name|Next Payment Due At|Payment References"
).split("|")


def text_file(
    path: Path,
    headers: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    end: str = "\r\n",
) -> Path:
    """Write rows given as {header: cell} under the headers; cells not given are empty."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    if delimiter == "\t":
        writer = csv.writer(
            text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_NONE, quotechar=None
        )
    writer.writerow(headers)
    for row in rows:
        unknown = set(row) - set(headers)
        assert not unknown, f"no such headers: {unknown}"
        writer.writerow([row.get(header, "") for header in headers])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def load(
    case: Path, *files: Path, zone: str = "Asia/Shanghai", currency: str = "CNY", **options: Any
) -> list[LoadReport]:
    """Load files into `case`/tables and `case`/sources."""
    return load_files(
        files,
        tables_dir=case / "tables",
        sources_dir=case / "sources",
        zone=zone,
        currency=currency,
        **options,
    )


def loaded(case: Path, report: LoadReport) -> list[dict[str, Any]]:
    """The rows that a file came to, as they lie in the case."""
    return pq.read_table(case / "tables" / report.table / f"{report.sha256}.parquet").to_pylist()


def quarantined(case: Path, report: LoadReport) -> list[tuple[int, str, str, str]]:
    """(row, column, value, reason) of every problem of a file."""
    path = case / "tables" / report.table / f"{report.sha256}.quarantine.parquet"
    return [
        (row["source_row"], row["column"], row["value"], row["reason"])
        for row in pq.read_table(path).to_pylist()
    ]


def content(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


ORDERS = ["order_id", "created_at", "status", "paid_amount", "quantity", "buyer_message"]


def order(number: int, **cells: str) -> dict[str, str]:
    """A row of the canonical orders that is right in every cell, but for what `cells` says."""
    row = {
        "order_id": f"A{number}",
        "created_at": "2026-01-02 03:04:05",
        "status": "paid",
        "paid_amount": "12.50",
        "quantity": "1",
    }
    return {**row, **cells}
