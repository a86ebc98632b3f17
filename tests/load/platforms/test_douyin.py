"""Douyin exports, under their real headers, with values worked out by hand."""

from decimal import Decimal

from tests.load.made import DOUYIN, load, loaded, text_file


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
