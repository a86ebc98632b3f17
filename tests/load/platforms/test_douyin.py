"""Douyin exports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import DOUYIN, VARIANTS, load, loaded, quarantined, text_file


def douyin(**cells):
    row = {
        "主订单编号": "\t6912345678901234567",
        "子订单编号": "\t6912345678901234568",
        "选购商品": "口红",
        "商品规格": "-",
        "商品数量": "1",
        "商品ID": "\t3512345678901234567",
        "商品单价": "59.90",
        "订单应付金额": "49.90",
        "运费": "0.00",
        "优惠总金额": "10.00",
        "收件人": "##abc==##",
        "收件人手机号": "$$def==$$",
        "省": "广东省",
        "市": "深圳市",
        "区": "南山区",
        "详细地址": "##ghi==##",
        "订单提交时间": "2026-01-02 20:00:00",
        "支付完成时间": "2026-01-02 20:00:30",
        "APP渠道": "抖音",
        "流量来源": "-",
        "订单状态": "已完成",
        "达人ID": "0",
        "售后状态": "-",
    }
    return {**row, **cells}


def test_douyin(tmp_path):
    rows = [
        douyin(),
        douyin(子订单编号="\t2", 达人ID="777", 流量来源="精选联盟", 订单状态="已关闭"),
    ]
    file = text_file(tmp_path / "a.csv", DOUYIN, rows, encoding="utf-8-sig")
    [report] = load(tmp_path, file)
    assert report.format == "douyin"
    first, second = loaded(tmp_path, report)
    assert (first["order_id"], first["line_id"]) == ("6912345678901234567", "6912345678901234568")
    assert first["buyer_name"] == "##abc==##"
    assert first["phone"] == "$$def==$$"
    assert first["address"] == "##ghi==##"
    assert (first["sku"], first["aftersale_status"], first["influencer_id"]) == (None, None, None)
    assert (first["channel"], second["channel"]) == ("抖音", "精选联盟")
    assert (first["status"], second["status"]) == ("completed", "closed")
    assert second["influencer_id"] == "777"
    assert first["paid_amount"] == Decimal("49.9")
    assert "device" not in first


GROUPED = VARIANTS["douyin"]["order_export_75col_grouped"]["headers"]
REFUNDS = VARIANTS["douyin"]["after_sale_export"]["headers"]


def test_grouped_columns(tmp_path):
    row = {header: cell for header, cell in douyin().items() if header in GROUPED}
    row |= {"货号": "LIP-1", "商品金额": "59.90", "快递信息": "YT3", "旗帜颜色": "红"}
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", GROUPED, [row]))
    assert report.format == "douyin"
    [got] = loaded(tmp_path, report)
    assert (got["sku"], got["tracking_no"], got["seller_flag"]) == ("LIP-1", "YT3", "红")
    assert (got["goods_amount"], got["paid_amount"]) == (Decimal("59.9"), Decimal("49.9"))
    assert "unit_price" in report.columns_missing


STATES = [
    ({"订单状态": "待支付"}, "pending"),
    ({"订单状态": "待发货"}, "paid"),
    ({"订单状态": "已发货"}, "shipped"),
    ({"订单状态": "飞走了", "订单完成时间": "2026-01-09 08:00:00"}, "completed"),
    ({"订单状态": "飞走了", "发货时间": "2026-01-03 08:00:00"}, "shipped"),
    ({"订单状态": "飞走了"}, "paid"),
    ({"订单状态": "飞走了", "支付完成时间": "-"}, "pending"),
]


def test_states(tmp_path):
    rows = [douyin(主订单编号=str(9000 + n), **cells) for n, (cells, _) in enumerate(STATES)]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", DOUYIN, rows))
    assert [row["status"] for row in loaded(tmp_path, report)] == [word for _, word in STATES]


def test_orders_that_cannot_be_used(tmp_path):
    rows = [
        douyin(),
        douyin(子订单编号="2", 订单应付金额="-"),
        douyin(子订单编号="3", 主订单编号="6.91E+18"),
    ]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", DOUYIN, rows))
    assert quarantined(tmp_path, report) == [
        (3, "订单应付金额", "", "required"),
        (4, "主订单编号", "6.91E+18", "digits_lost"),
    ]


def refund(**cells):
    row = {
        "售后单号": "\t7100000000000000001",
        "订单号": "\t6912345678901234567",
        "商品单号": "\t6912345678901234568",
        "商品名称": "口红",
        "应付金额（元）": "49.90",
        "售后类型": "退货退款",
        "退商品金额（元）": "49.90",
        "退运费金额（元）": "6.00",
        "退支付优惠（元）": "1.00",
        "退税费金额（元）": "0.00",
        "售后状态": "退款成功",
        "售后申请时间": "2026-01-05 09:00:00",
        "售后原因": "不喜欢",
        "退货物流单号": "SF9",
        "退货物流公司": "顺丰",
        "商家退款时间": "2026-01-08 10:00:00",
        "售后完结时间": "2026-01-08 12:00:00",
        "门店名称": "一号门店",
    }
    return {**row, **cells}


def test_refunds(tmp_path):
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", REFUNDS, [refund()]))
    assert (report.format, report.table) == ("douyin_refunds", "refunds")
    [row] = loaded(tmp_path / "case", report)
    assert row == {
        "refund_id": "7100000000000000001",
        "order_id": "6912345678901234567",
        "line_id": "6912345678901234568",
        "requested_at": datetime(2026, 1, 5, 9),
        "finished_at": datetime(2026, 1, 8, 12),
        "state": "done",
        "aftersale_status": "退款成功",
        "kind": "退货退款",
        "reason": "不喜欢",
        "refund_amount": Decimal("55.9"),  # 49.90 + 6.00
        "currency": "CNY",
        "carrier": "顺丰",
        "tracking_no": "SF9",
        "source_file": report.sha256,
        "source_row": 2,
    }


REFUND_STATES = [
    ({"售后状态": "退款成功"}, "done", Decimal("55.9")),
    ({"售后状态": "售后关闭"}, "withdrawn", None),
    ({"售后状态": "售后待处理"}, "open", None),
    ({"售后状态": "换货成功", "退商品金额（元）": "0", "退运费金额（元）": "0"}, "done", 0),
    ({"售后状态": "飞走了"}, None, None),
    ({"售后状态": "飞走了", "商家退款时间": "2026-01-08 10:00:00"}, "done", Decimal("55.9")),
    ({"售后状态": "飞走了", "售后关闭时间": "2026-01-08 10:00:00"}, "withdrawn", None),
]


def test_states_of_a_refund(tmp_path):
    rows = [refund(**{"商家退款时间": "", **cells}) for cells, *_ in REFUND_STATES]
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", REFUNDS, rows))
    got = [(row["state"], row["refund_amount"]) for row in loaded(tmp_path, report)]
    assert got == [(state, amount) for _, state, amount in REFUND_STATES]


def test_a_choice_without_what_the_buyer_owes_tells_of_items(tmp_path):
    headers = [header for header in DOUYIN if header != "订单应付金额"]
    row = {header: cell for header, cell in douyin().items() if header in headers}
    [report] = load(tmp_path, text_file(tmp_path / "a.csv", headers, [row]))
    assert (report.format, report.table) == ("douyin_lines", "order_lines")
    [line] = loaded(tmp_path, report)
    assert (line["order_id"], line["line_id"]) == ("6912345678901234567", "6912345678901234568")
    assert (line["unit_price"], line["discount_amount"]) == (Decimal("59.9"), Decimal("10"))
