"""The Xiaohongshu export, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file

HEADERS = VARIANTS["xiaohongshu"]["order_export_72col"]["headers"]


def xiaohongshu(**cells):
    row = {
        "订单号": "P700000000000000001",
        "订单状态": "待配货",
        "售后状态": "无售后",
        "收件人姓名": "王*",
        "收件人电话": "138****5678",
        "收件人地址": "浙江省杭州市西湖区***",
        "省": "浙江省",
        "市": "杭州市",
        "区": "西湖区",
        "小红书编码": "S01",
        "规格ID": "66aa",
        "达人ID": "0",
        "SKU名称": "面霜 50ml",
        "SKU规格": "50ml",
        "SKU件数": "2",
        "商品总价(元)": "200.00",
        "用户应付金额(元)": "170.00",
        "平台优惠(元)": "10.00",
        "店铺优惠(元)": "15.00",
        "支付渠道优惠(元)": "5.00",
        "商家应收金额(元)（支付金额）": "180.00",
        "支付方式": "微信",
        "支付渠道订单号": "4200001",
        "支付时间": "2026-01-02 10:00:20",
        "包裹总运费(元)": "8.00",
        "快递公司": "顺丰",
        "快递单号": "SF7",
        "订单创建时间": "2026-01-02 10:00:00",
        "用户备注": "快点",
        "包裹备注标记": "红旗",
        "包裹备注信息": "赠小样",
        "店铺名称": "小店",
        "用户编号": "u-9",
        "商家编码": "CREAM-50",
        "商品ID": "66bb",
        "商品名称": "面霜",
    }
    return {**row, **cells}


def test_xiaohongshu(tmp_path):
    rows = [xiaohongshu(), xiaohongshu(**{"SKU规格": "30ml", "用户应付金额(元)": "99.00"})]
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert (report.format, report.table) == ("xiaohongshu", "orders")
    row, second = loaded(tmp_path / "case", report)
    assert row == {
        "order_id": "P700000000000000001",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_at": datetime(2026, 1, 2, 10, 0, 20),
        "shipped_at": None,
        "completed_at": None,
        "status": "paid",
        "aftersale_status": "无售后",
        "buyer_id": "u-9",
        "buyer_name": "王*",
        "phone": "138****5678",
        "address": "浙江省杭州市西湖区***",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "product_id": "66bb",
        "sku": "50ml",
        "seller_sku": "CREAM-50",
        "product_title": "面霜",
        "quantity": 2,
        "goods_amount": Decimal("200"),
        "shipping_amount": Decimal("8"),
        "discount_amount": Decimal("30"),  # 10 + 15 + 5
        "paid_amount": Decimal("170"),
        "currency": "CNY",
        "payment_method": "微信",
        "payment_id": "4200001",
        "influencer_id": None,
        "carrier": "顺丰",
        "tracking_no": "SF7",
        "buyer_message": "快点",
        "seller_memo": "赠小样",
        "seller_flag": "红旗",
        "shop": "小店",
        "source_file": report.sha256,
        "source_row": 2,
    }
    # What the shop gets is no payment; the parcel's shipping counts once.
    assert "商家应收金额(元)（支付金额）" in report.columns_unused
    assert (second["paid_amount"], second["shipping_amount"]) == (99, 0)


STATES = [
    ({"订单状态": "待付款"}, "pending"),
    ({"订单状态": "已发货"}, "shipped"),
    ({"订单状态": "已完成"}, "completed"),
    ({"订单状态": "已取消"}, "closed"),
    ({"订单状态": "飞走了", "订单完成时间": "2026-01-09 08:00:00"}, "completed"),
    ({"订单状态": "飞走了", "订单发货时间": "2026-01-03 08:00:00"}, "shipped"),
    ({"订单状态": "飞走了"}, "paid"),
    ({"订单状态": "飞走了", "支付时间": ""}, "pending"),
]


def test_states(tmp_path):
    rows = [xiaohongshu(订单号=str(9000 + n), **cells) for n, (cells, _) in enumerate(STATES)]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for _, word in STATES]


def test_rows_that_cannot_be_used(tmp_path):
    rows = [xiaohongshu(), xiaohongshu(SKU件数="1.5"), xiaohongshu(订单创建时间="昨天")]
    [report] = load(tmp_path, sheet_file(tmp_path / "a.xlsx", HEADERS, rows))
    assert quarantined(tmp_path, report) == [
        (3, "SKU件数", "1.5", "not_a_count"),
        (4, "订单创建时间", "昨天", "not_a_time"),
    ]
