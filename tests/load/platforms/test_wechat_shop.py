"""The WeChat shop's export, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file

HEADERS = VARIANTS["wechat_shop"]["order_export_57col"]["headers"]
OLDER = VARIANTS["wechat_shop"]["order_export_v5_38col"]["headers"]


def wechat(**cells):
    row = {
        "订单号": "3700000000000000001",
        "订单下单时间": "2026-01-02 10:00:00",
        "订单发货时间": "2026-01-03 08:00:00",
        "订单确认收货时间": "2026-01-06 20:00:00",
        "订单状态": "已完成",
        "收件人姓名": "王五",
        "收件人地址": "浙江省杭州市西湖区文三路1号",
        "省": "浙江省",
        "市": "杭州市",
        "区": "西湖区",
        "收件人手机": "13812345678",
        "买家备注": "快点",
        "商家备注": "VIP",
        "打标颜色": "红",
        "商品总价": "150.00",
        "订单实际支付金额": "140.00",
        "订单实际收款金额": "145.00",
        "订单运费": "6.00",
        "商品优惠": "10.00",
        "跨店优惠": "5.00",
        "积分抵扣": "1.00",
        "支付方式": "微信支付",
        "支付时间": "2026-01-02 10:00:20",
        "交易单号": "4200002",
        "物流公司": "中通",
        "快递单号": "ZT7",
        "带货方式": "直播",
        "商品名称": "杯子",
        "商品编码(平台)": "10001",
        "商品编码(自定义)": "CUP",
        "SKU编码(自定义)": "CUP-RED",
        "商品属性": "红色",
        "商品价格(单件)": "50.00",
        "商品实际价格(总共)": "95.00",
        "商品数量": "2",
        "商品售后": "-",
        "商品已退款金额": "0.00",
    }
    return {**row, **cells}


def test_wechat_shop(tmp_path):
    file = text_file(tmp_path / "a.csv", HEADERS, [wechat()], encoding="utf-8-sig")
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table) == ("wechat_shop", "orders")
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "order_id": "3700000000000000001",
        "created_at": datetime(2026, 1, 2, 10),
        "paid_at": datetime(2026, 1, 2, 10, 0, 20),
        "shipped_at": datetime(2026, 1, 3, 8),
        "completed_at": datetime(2026, 1, 6, 20),
        "status": "completed",
        "aftersale_status": None,
        "buyer_name": "王五",
        "phone": "13812345678",
        "address": "浙江省杭州市西湖区文三路1号",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "product_id": "10001",
        "sku": "红色",
        "seller_sku": "CUP-RED",
        "product_title": "杯子",
        "quantity": 2,
        "unit_price": Decimal("50"),
        "goods_amount": Decimal("150"),
        "shipping_amount": Decimal("6"),
        "discount_amount": Decimal("16"),  # 10 + 5 + 1
        "paid_amount": Decimal("140"),
        "refund_amount": Decimal("0"),
        "currency": "CNY",
        "payment_method": "微信支付",
        "payment_id": "4200002",
        "channel": "直播",
        "carrier": "中通",
        "tracking_no": "ZT7",
        "buyer_message": "快点",
        "seller_memo": "VIP",
        "seller_flag": "红",
        "source_file": report.sha256,
        "source_row": 2,
    }


def test_amounts_of_the_order_count_once_and_refunds_stay_with_their_item(tmp_path):
    rows = [
        wechat(),
        wechat(**{"商品编码(平台)": "10002", "商品已退款金额": "45.00", "商品售后": "退款完成"}),
    ]
    file = text_file(tmp_path / "a.csv", HEADERS, rows, encoding="gb18030")
    [report] = load(tmp_path / "case", file)
    first, second = loaded(tmp_path / "case", report)
    amounts = ("paid_amount", "goods_amount", "shipping_amount", "discount_amount")
    assert [first[name] for name in amounts] == [140, 150, 6, 16]
    assert [second[name] for name in amounts] == [0, 0, 0, 0]
    assert (first["refund_amount"], second["refund_amount"]) == (0, 45)
    assert second["aftersale_status"] == "退款完成"


def test_older_columns(tmp_path):
    row = {header: cell for header, cell in wechat().items() if header in OLDER}
    row |= {"下单时间": "2026-01-02 10:00:00", "商品价格": "50.00", "订单状态": "待发货"}
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", OLDER, [row]))
    assert report.format == "wechat_shop"
    [got] = loaded(tmp_path, report)
    assert (got["created_at"], got["status"]) == (datetime(2026, 1, 2, 10), "paid")
    assert (got["unit_price"], got["paid_amount"]) == (50, 140)
    assert "completed_at" in report.columns_missing


STATES = [
    ({"订单状态": "待付款"}, "pending"),
    ({"订单状态": "待发货"}, "paid"),
    ({"订单状态": "已发货"}, "shipped"),
    ({"订单状态": "已取消"}, "closed"),
    ({"订单状态": "飞走了"}, "completed"),
    ({"订单状态": "飞走了", "订单确认收货时间": ""}, "shipped"),
    ({"订单状态": "飞走了", "订单确认收货时间": "", "订单发货时间": ""}, "paid"),
]


def test_states(tmp_path):
    rows = [wechat(订单号=str(9000 + n), **cells) for n, (cells, _) in enumerate(STATES)]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", HEADERS, rows))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for _, word in STATES]


def test_rows_that_cannot_be_used(tmp_path):
    rows = [wechat(), wechat(商品数量="两"), wechat(订单号="3.7E+18")]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", HEADERS, rows))
    assert quarantined(tmp_path, report) == [
        (3, "商品数量", "两", "not_a_count"),
        (4, "订单号", "3.7E+18", "digits_lost"),
    ]
