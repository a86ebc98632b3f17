"""The WeChat Pay bill, under its real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file, text_file

HEADERS = VARIANTS["wechat_pay"]["bill_11col"]["headers"]
BEFORE = (
    "微信支付账单明细,,,,,,,,\r\n微信昵称：[测试],,,,,,,,\r\n"
    "起始时间：[2024-01-01 00:00:00] 终止时间：[2024-01-31 23:59:59]\r\n\r\n"
    "----------------------微信支付账单明细列表--------------------,,,,,,,,\r\n"
)


def bill(**cells):
    row = {
        "交易时间": "2024-01-05 09:00:00",
        "交易类型": "转账",
        "交易对方": "某人",
        "商品": "转账备注:微信转账",
        "收/支": "收入",
        "金额(元)": "¥1,100.50",
        "支付方式": "零钱",
        "当前状态": "支付成功",
        "交易单号": "4200002\t",
        "商户单号": "1000107\t",
        "备注": "/",
    }
    return {**row, **cells}


def test_wechat_pay(tmp_path):
    rows = [
        bill(),
        bill(**{"收/支": "支出", "交易单号": "4200003", "商户单号": "/"}),
        bill(**{"收/支": "/", "交易类型": "零钱提现"}),
        bill(**{"收/支": "中性交易"}),
        bill(**{"收/支": "借"}),
        bill(**{"金额(元)": "¥"}),
    ]
    file = text_file(tmp_path / "1.csv", HEADERS, rows)
    file.write_bytes(b"\xef\xbb\xbf" + BEFORE.encode() + file.read_bytes())
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table, report.header_row) == ("wechat_pay_bill", "payments", 6)
    assert (report.rows_read, report.rows_loaded, report.rows_skipped) == (4, 2, 2)
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "posted_at": datetime(2024, 1, 5, 9),
        "amount": Decimal("1100.5"),
        "direction": "in",
        "counterparty": "某人",
        "order_id": "1000107",
        "kind": "转账",
        "reference_id": "4200002",
        "currency": "CNY",
        "memo": None,
        "source_file": report.sha256,
        "source_row": 7,
    }
    assert (second["direction"], second["order_id"]) == ("out", None)
    assert quarantined(tmp_path / "case", report) == [
        (11, "收/支", "借", "unknown_word"),
        (12, "金额(元)", "¥", "not_an_amount"),
    ]


def test_wechat_pay_as_a_workbook_with_real_dates(tmp_path):
    row = bill(**{"交易时间": datetime(2026, 8, 18, 12, 30), "金额(元)": 25})
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "1.xlsx", HEADERS, [row]))
    [first] = loaded(tmp_path / "case", report)
    assert (first["posted_at"], first["amount"]) == (datetime(2026, 8, 18, 12, 30), 25)
