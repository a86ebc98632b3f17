"""Alipay exports, under their real headers, with values worked out by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.load.made import VARIANTS, load, loaded, quarantined, text_file

ALIPAY = VARIANTS["alipay"]
OLD = ALIPAY["account_flow_12col"]["headers"]
NEW = ALIPAY["account_flow_13col_2026"]["headers"]
WIDE = ALIPAY["account_flow_22col_2026"]["headers"]
WEB = ALIPAY["trade_record_web_16col"]["headers"]

BEFORE = (
    "#支付宝账务明细查询\r\n#账号：[20880512402512820156]\r\n"
    "#起始日期：[2026年05月01日 00:00:00]   终止日期：[2026年06月01日 00:00:00]\r\n"
    "#-----------------------------------------账务明细列表----------------------------------------\r\n"
)
AFTER = (
    "#----------------------------------------账务明细列表结束-------------------------------------\r\n"
    "#支出合计：1笔，共23.45元\r\n#收入合计：1笔，共146.92元\r\n"
    "#导出时间：[2026年06月02日 13:19:01]\r\n"
)


def framed(path, headers, rows, *, leading=False):
    """As Alipay writes it: GBK, lines before and behind, perhaps an empty first column."""
    file = text_file(path, headers, rows, encoding="gbk")
    text = file.read_bytes().decode("gbk")
    if leading:
        text = "".join(f",{line}\r\n" for line in text.splitlines())
    file.write_bytes((BEFORE + text + AFTER).encode("gbk"))
    return file


def flow(**cells):
    row = {
        "账务流水号": "1570757242119060731\t",
        "业务流水号": "20260513200040011100730092344444\t",
        "商品名称": "气球\t",
        "发生时间": "2026-05-13 09:10:28",
        "收入金额（+元）": "146.92",
        "支出金额（-元）": "0",
        "账户余额（元）": "1,000.00",
        "业务类型": "交易付款",
        "备注": "订单收款",
        "商户订单号": "T200P5116032541422009305\t",
        "对方账号": "买家\t",
        "业务描述": "0010001|交易收款-交易收款",
        "业务基础订单号": "5116032541422009305\t",
    }
    return {**row, **cells}


def test_flow_of_thirteen_columns(tmp_path):
    out = flow(
        **{
            "账务流水号": "2",
            "收入金额（+元）": "0",
            "支出金额（-元）": "-23.45",
            "业务类型": "退款",
        }
    )
    [report] = load(tmp_path / "case", framed(tmp_path / "1.csv", NEW, [flow(), out]))
    assert (report.format, report.table, report.header_row) == ("alipay_flow", "payments", 5)
    assert (report.rows_read, report.rows_loaded, report.rows_skipped) == (2, 2, 4)
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "1570757242119060731",
        "posted_at": datetime(2026, 5, 13, 9, 10, 28),
        "amount": Decimal("146.92"),
        "direction": "in",
        "counterparty": None,
        "counterparty_account": "买家",
        "order_id": "5116032541422009305",
        "kind": "交易付款",
        "reference_id": "20260513200040011100730092344444",
        "currency": "CNY",
        "balance": Decimal("1000"),
        "memo": "订单收款",
        "source_file": report.sha256,
        "source_row": 6,
    }
    assert (second["amount"], second["direction"]) == (Decimal("23.45"), "out")


def test_flow_of_twelve_columns_with_name_and_account_in_one_cell(tmp_path):
    row = {
        "账务流水号": "54632446537371\t",
        "业务流水号": "2012122923922029\t",
        "商户订单号": "3226563\t",
        "商品名称": "海航机票\t",
        "发生时间": "2012-12-29 21:02:06",
        "对方账号": "陈晶 (kuangzhe@126.com)\t",
        "收入金额（+元）": "2274.00",
        "支出金额（-元）": "0.00",
        "账户余额（元）": "14533.03",
        "交易渠道": "支付宝",
        "业务类型": "在线支付",
    }
    firm = {**row, "账务流水号": "2", "对方账号": "杭州某某（中国）"}
    [report] = load(tmp_path / "case", framed(tmp_path / "1.csv", OLD, [row, firm]))
    first, second = loaded(tmp_path / "case", report)
    assert (first["counterparty"], first["counterparty_account"]) == ("陈晶", "kuangzhe@126.com")
    assert (first["order_id"], first["balance"]) == ("3226563", Decimal("14533.03"))
    assert (second["counterparty"], second["counterparty_account"]) == (
        None,
        "杭州某某（中国）",
    )


def test_order_number(tmp_path):
    expected = [
        ("5116032541422009305", "5116032541422009305", "T200P1", ""),
        ("5116032541422009305", "", "T200P5116032541422009305", ""),
        # A payout's number is no order number; the memo names the order.
        ("3303671307562048393", "FP301_858743777", "", "打款-关联订单号：3303671307562048393"),
        ("3302710287203084298", "", "", "佣金代扣 tradeid:3302710287203084298 memberid:3"),
        ("MY-77", "", "MY-77", ""),
        (None, "", "", "退差价"),
    ]
    rows = [flow(业务基础订单号=b, 商户订单号=m, 备注=memo) for _, b, m, memo in expected]
    [report] = load(tmp_path / "case", framed(tmp_path / "1.csv", NEW, rows))
    assert [r["order_id"] for r in loaded(tmp_path / "case", report)] == [e[0] for e in expected]


@pytest.mark.parametrize(
    ("income", "outgo"),
    [("收入金额", "支出金额"), ("收入金额(+元)", "支出金额(-元)")],
)
def test_other_spellings_and_an_empty_first_column(tmp_path, income, outgo):
    headers = [
        "账务流水号",
        "业务流水号",
        "商户订单号",
        "发生时间",
        income,
        outgo,
        "业务类型",
        "备注",
    ]
    row = {"账务流水号": "1", "发生时间": "2026-06-12 12:00:00", income: "123.45", outgo: "0"}
    back = {"账务流水号": "2", "发生时间": "2026-06-13 12:00:00", income: "0", outgo: "-23.45"}
    taken = {"账务流水号": "3", "发生时间": "2026-06-13 12:00:00", income: "-5", outgo: ""}
    file = framed(tmp_path / "1.csv", headers, [row, back, taken], leading=True)
    [report] = load(tmp_path / "case", file)
    assert report.format == "alipay_flow"
    rows = loaded(tmp_path / "case", report)
    assert [(r["direction"], r["amount"]) for r in rows] == [
        ("in", Decimal("123.45")),
        ("out", Decimal("23.45")),
        # Booked as income and taken back.
        ("out", Decimal("5")),
    ]


def test_money_both_ways_or_none_is_quarantined(tmp_path):
    rows = [
        flow(**{"支出金额（-元）": "-1"}),
        flow(**{"收入金额（+元）": "0"}),
        flow(**{"收入金额（+元）": "一百"}),
        flow(发生时间="2026-13-01 00:00:00"),
        flow(),
    ]
    [report] = load(tmp_path / "case", framed(tmp_path / "1.csv", NEW, rows))
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (5, 1, 4)
    found = {(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)}
    assert {(6, "no_rule"), (8, "not_an_amount"), (9, "not_a_time")} <= found
    assert {row for row, _ in found} == {6, 7, 8, 9}


def test_flow_of_twenty_two_columns(tmp_path):
    row = {
        "序号": "1",
        "入账时间": "2026-05-13 09:10:28",
        "支付宝交易号": "2026051322001",
        "支付宝流水号": "9001",
        "商户订单号": "T200P5116032541422009305",
        "账务类型": "在线支付",
        "收入（+元）": "30.00",
        "账户余额（元）": "130.00",
        "对方账户": "138****8000",
        "对方名称": "王*",
        "付款备注": "谢谢",
    }
    back = {**row, "支付宝流水号": "9002", "收入（+元）": "", "支出（-元）": "12.00"}
    [report] = load(tmp_path / "case", framed(tmp_path / "1.csv", WIDE, [row, back]))
    assert (report.format, report.rows_skipped) == ("alipay_flow_2026", 4)
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "9001",
        "posted_at": datetime(2026, 5, 13, 9, 10, 28),
        "amount": Decimal("30"),
        "direction": "in",
        "counterparty": "王*",
        "counterparty_account": "138****8000",
        "order_id": "5116032541422009305",
        "kind": "在线支付",
        "reference_id": "2026051322001",
        "currency": "CNY",
        "balance": Decimal("130"),
        "memo": "谢谢",
        "source_file": report.sha256,
        "source_row": 6,
    }
    assert (second["amount"], second["direction"]) == (Decimal("12"), "out")


def trade(**cells):
    row = {
        "交易号": "2024010123456789",
        "商家订单号": "T200P240728699116526468",
        "交易创建时间": "2024-01-02 10:00:00",
        "付款时间": "2024-01-02 10:00:05",
        "最近修改时间": "2024-01-02 10:00:05",
        "类型": "支付宝担保交易",
        "交易对方": "张三",
        "商品名称": "一杯咖啡",
        "金额（元）": "12.00",
        "收/支": "收入",
        "交易状态": "交易成功",
        "成功退款（元）": "0.00",
        "备注": "快",
        "资金状态": "已收入",
    }
    return {**row, **cells}


def test_trade_record(tmp_path):
    rows = [
        trade(),
        trade(**{"收/支": "支出", "商家订单号": "", "成功退款（元）": "3.00"}),
        trade(付款时间="", 交易状态="等待付款"),
        trade(**{"收/支": "不计收支"}),
        trade(**{"收/支": "飞"}),
    ]
    padded = [f"{header}   " for header in WEB]
    file = text_file(tmp_path / "1.csv", padded, [], encoding="gbk")
    head = "支付宝交易记录明细查询\r\n账号:[测试] 起始日期:[2024-01-01 00:00:00]\r\n"
    body = (
        text_file(tmp_path / "2.csv", WEB, rows, encoding="gbk").read_bytes().split(b"\r\n", 1)[1]
    )
    tail = "-" * 70 + "\r\n导出时间:[2024年02月01日 10:00:00]    用户:测试\r\n"
    file.write_bytes(head.encode("gbk") + file.read_bytes() + body + tail.encode("gbk"))
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.header_row) == ("alipay_trades", 3)
    # Two closing lines, one unpaid trade, one between accounts of one holder.
    assert (report.rows_read, report.rows_skipped) == (3, 4)
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "2024010123456789",
        "posted_at": datetime(2024, 1, 2, 10, 0, 5),
        "amount": Decimal("12"),
        "direction": "in",
        "counterparty": "张三",
        "order_id": "240728699116526468",
        "kind": "支付宝担保交易",
        "currency": "CNY",
        "memo": "快",
        "source_file": report.sha256,
        "source_row": 4,
    }
    assert (second["direction"], second["order_id"]) == ("out", None)
    assert second["kind"] == "交易，后有退款"
    assert quarantined(tmp_path / "case", report) == [(8, "收/支", "飞", "unknown_word")]
