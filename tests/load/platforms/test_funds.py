"""Ledgers of the Chinese platforms, under their real headers, with values worked out by hand."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl

from tests.load.made import VARIANTS, load, loaded, quarantined, sheet_file, text_file

TAOBAO, JD = VARIANTS["taobao"], VARIANTS["jd"]
PDD = VARIANTS["pdd"]["mall_bill_detail"]["headers"]
DOUYIN = VARIANTS["douyin"]["fund_flow_39col"]["headers"]
WECHAT_SHOP = VARIANTS["wechat_shop"]["fund_flow_12col"]["headers"]


def test_taobao_wechat_flow_of_fourteen_columns(tmp_path):
    row = {
        "商家昵称": "某店",
        "入帐日期": "2026-06-03",
        "入帐时间": "08:09:10",
        "支付流水号": "4200000123202606031234567890",
        "主订单id": "3308892457653023287",
        "子订单id": "3308892457653023288",
        "入帐类型": "交易收款",
        "收入金额(元)": "36.45",
        "支出金额(元)": "0",
        "业务描述": "交易收款",
        "备注": "订单收款",
    }
    # The second column may hold the day as well.
    whole = {**row, "入帐时间": "2026-06-03 08:09:11", "收入金额(元)": "0", "支出金额(元)": "-1.20"}
    both = {**row, "支出金额(元)": "1.20"}
    headers = TAOBAO["wechat_fund_flow_14col"]["headers"]
    file = sheet_file(tmp_path / "a.xlsx", headers, [row, whole, both])
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.rows_quarantined) == ("taobao_wechat_flow", 1)
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "4200000123202606031234567890",
        "posted_at": datetime(2026, 6, 3, 8, 9, 10),
        "amount": Decimal("36.45"),
        "direction": "in",
        "order_id": "3308892457653023287",
        "kind": "交易收款",
        "currency": "CNY",
        "memo": "订单收款",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert second["posted_at"] == datetime(2026, 6, 3, 8, 9, 11)
    assert (second["direction"], second["amount"]) == ("out", Decimal("1.2"))


def test_taobao_wechat_flow_of_eight_columns(tmp_path):
    headers = TAOBAO["wechat_fund_flow_8col"]["headers"]
    row = {
        "入账时间": "2026-06-03 08:09:10",
        "支付流水号": "42001",
        "淘宝订单编号": "3308892457653023287",
        "入账类型": "服务费",
        "收入金额（元）": "",
        "支出金额": "0.86",
        "备注": "淘宝天猫跨境服务增值费(3308892457653023287)端内扣款",
    }
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", headers, [row]))
    [first] = loaded(tmp_path / "case", report)
    assert (report.format, first["kind"]) == ("taobao_wechat_flow", "服务费")
    assert (first["direction"], first["amount"]) == ("out", Decimal("0.86"))
    assert first["order_id"] == "3308892457653023287"
    assert first["memo"] == "淘宝天猫跨境服务增值费(3308892457653023287)端内扣款"


def jd(**cells):
    row = {
        "订单编号": "3553498017448001",
        "父单号": "3525498018681355",
        "订单状态": "完成",
        "订单下单时间": "2026-05-10 14:41:34",
        "商品编号": "10170858471951",
        "商品名称": "手持小横幅",
        "商品数量": "1",
        "佣金比例": "0.05",
        "费用名称": "货款",
        "应结金额": "36.80",
        "币种": "CNY",
        "收支方向": "收入",
        "结算状态": "已结算",
        "预计结算时间": "2026-07-08 17:11:38",
        "账单生成时间": "20260708",
        "到账时间": "2026-07-09 12:08:53",
        "商户订单号": "202607090000011332601610021",
        "资金动账备注": "七月结算款",
    }
    return {**row, **cells}


def test_jd_settlement_with_its_header_on_row_two(tmp_path):
    headers = JD["settlement_22col"]["headers"]
    rows = [
        jd(),
        jd(应结金额="-13.80", 收支方向="支出", 到账时间="", 币种="人民币"),
        # Income that is taken back.
        jd(应结金额="-6.00"),
        jd(收支方向="转入"),
        jd(到账时间="", 账单生成时间=""),
    ]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(["名称：说明"])
    for row in ([*headers], *([r.get(h, "") for h in headers] for r in rows)):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    [report] = load(tmp_path / "case", tmp_path / "a.xlsx", currency="USD")
    assert (report.format, report.table, report.header_row) == ("jd_settlement", "payments", 2)
    first, second, third = loaded(tmp_path / "case", report)
    assert first == {
        "posted_at": datetime(2026, 7, 9, 12, 8, 53),
        "amount": Decimal("36.8"),
        "direction": "in",
        "order_id": "3553498017448001",
        "kind": "货款",
        "currency": "CNY",
        "memo": "七月结算款",
        "source_file": report.sha256,
        "source_row": 3,
    }
    assert (second["amount"], second["direction"]) == (Decimal("13.8"), "out")
    assert (second["posted_at"], second["currency"]) == (datetime(2026, 7, 8), "CNY")
    assert (third["amount"], third["direction"]) == (Decimal("6"), "out")
    assert [(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)] == [
        (6, "unknown_word"),
        (7, "required"),
    ]


def test_jd_settlement_since_august_2026(tmp_path):
    row = {
        "订单编号": "3553498017448001",
        "订单状态": "已完成",
        "商品编号": "-",
        "商品单价": "20.8",
        "结算时间": "2026-06-30 12:20:57",
        "商户订单号": "202606300000011332601610021",
        "资金动账备注": "6月结算款",
        "费用名称": "佣金",
        "费用分类": "支出",
        "应结金额": "-1.84",
        "结算单号": "JS77",
    }
    headers = JD["settlement_2026_08_18col"]["headers"]
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", headers, [row]))
    [first] = loaded(tmp_path / "case", report)
    assert (report.format, first["kind"], first["direction"]) == ("jd_settlement", "佣金", "out")
    assert (first["amount"], first["reference_id"]) == (Decimal("1.84"), "JS77")
    assert first["posted_at"] == datetime(2026, 6, 30, 12, 20, 57)


def test_pinduoduo_bill(tmp_path):
    rows = [
        {
            "商户订单号": "260531-662941284701219",
            "发生时间": "2026-05-31 23:54:45",
            "收入金额（+元）": "146.92",
            "支出金额（-元）": "0",
            "账务类型": "交易收入",
            "备注": "-",
            "业务描述": "0010002|交易收入-订单收入",
        },
        {
            "商户订单号": "260531-662941284701220",
            "发生时间": "2026-05-31 23:55:00",
            "收入金额（+元）": "0",
            "支出金额（-元）": "-27.50",
            "账务类型": "交易退款",
        },
    ]
    file = text_file(tmp_path / "a.csv", PDD, rows, encoding="gb18030")
    before = (
        "拼多多店铺账务明细查询\r\n\r\n"
        "起始时间：2026-06-01 00:00:00  终止时间：2026-06-30 23:59:59\r\n"
        "----------交易记录明细列表---------\r\n"
    )
    after = "----------交易记录明细列表结束---------\r\n"
    file.write_bytes(before.encode("gb18030") + file.read_bytes() + after.encode("gb18030"))
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.header_row, report.rows_skipped) == ("pinduoduo_bill", 5, 1)
    first, second = loaded(tmp_path / "case", report)
    assert first == {
        "posted_at": datetime(2026, 5, 31, 23, 54, 45),
        "amount": Decimal("146.92"),
        "direction": "in",
        "order_id": "260531-662941284701219",
        "kind": "交易收入",
        "currency": "CNY",
        "memo": None,
        "source_file": report.sha256,
        "source_row": 6,
    }
    assert (second["amount"], second["direction"]) == (Decimal("27.5"), "out")


def test_pinduoduo_bill_is_not_taken_for_alipay_nor_alipay_for_it(tmp_path):
    cells = {"发生时间": "2026-05-31 23:54:45", "收入金额（+元）": "1", "商户订单号": "7"}
    alipay = VARIANTS["alipay"]["account_flow_12col"]["headers"]
    one = text_file(tmp_path / "1.csv", PDD, [cells])
    other = text_file(tmp_path / "2.csv", [*alipay, "账务类型"], [{**cells, "账务流水号": "8"}])
    found = [load(tmp_path / "case", file)[0].format for file in (one, other)]
    assert found == ["pinduoduo_bill", "alipay_flow"]


def test_douyin_flow(tmp_path):
    row = {
        "动账时间": "2026-09-28 07:54:38",
        "动帐流水号": "'T1",
        "动账方向": "入账",
        "动账金额": "1.84",
        "动账账户": "聚合账户",
        "动账场景": "货款结算入账",
        "子订单号": "'6917926768823643752",
        "订单号": "'6917926768823643751",
        "达人ID": "0",
        "订单实付应结": "28.9",
        "订单退款": "-27.78",
        "备注": "订单结算",
    }
    rows = [
        row,
        {**row, "动账方向": "出账", "动账场景": "退款"},
        {**row, "动账金额": "-2"},
        {**row, "动账方向": "冻结"},
    ]
    file = text_file(tmp_path / "a.csv", DOUYIN, rows, encoding="utf-8-sig")
    [report] = load(tmp_path / "case", file)
    assert report.format == "douyin_flow"
    first, second, third = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "T1",
        "posted_at": datetime(2026, 9, 28, 7, 54, 38),
        "amount": Decimal("1.84"),
        "direction": "in",
        "order_id": "6917926768823643751",
        "kind": "货款结算入账",
        "currency": "CNY",
        "memo": "订单结算",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert (second["direction"], second["amount"]) == ("out", Decimal("1.84"))
    assert (third["direction"], third["amount"]) == ("out", Decimal("2"))
    assert quarantined(tmp_path / "case", report) == [(5, "动账方向", "冻结", "unknown_word")]


def test_wechat_shop_flow(tmp_path):
    row = {
        "流水单号": "100000",
        "记账时间": "2026-09-28 07:54:38",
        "动帐类型": "订单支付",
        "收支类型": "收入",
        "收支金额": "12.50",
        "账户余额": "99.00",
        "关联订单号": "3720000000000000001",
        "详情": "货款",
    }
    further = [("支出", "12.50"), ("支出", "-12.50"), ("冻结", "12.50")]
    rows = [row, *({**row, "收支类型": word, "收支金额": amount} for word, amount in further)]
    file = text_file(tmp_path / "a.csv", WECHAT_SHOP, rows, encoding="utf-8-sig")
    [report] = load(tmp_path / "case", file)
    assert report.format == "wechat_shop_flow"
    first, *others = loaded(tmp_path / "case", report)
    assert first == {
        "entry_id": "100000",
        "posted_at": datetime(2026, 9, 28, 7, 54, 38),
        "amount": Decimal("12.5"),
        "direction": "in",
        "order_id": "3720000000000000001",
        "kind": "订单支付",
        "currency": "CNY",
        "balance": Decimal("99"),
        "memo": "货款",
        "source_file": report.sha256,
        "source_row": 2,
    }
    assert [(r["direction"], r["amount"]) for r in others] == [("out", Decimal("12.5"))] * 2
    assert quarantined(tmp_path / "case", report) == [(5, "收支类型", "冻结", "unknown_word")]


def test_items_by_day(tmp_path):
    headers = TAOBAO["sycm_product_daily"]["headers"]
    row = {
        "统计日期": "2026-11-11",
        "商品ID": "698765432100",
        "商品名称": "茶杯",
        "商品访客数": "1,234",
        "商品浏览量": "5678",
        "商品详情页跳出率": "45.10%",
        "商品收藏人数": "12",
        "商品加购件数": "99",
        "商品加购人数": "34",
        "支付买家数": "56",
        "支付金额": "12,345.60",
        "商品支付转化率": "4.54%",
        "年累计支付金额": "1,000,000.00",
    }
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("商品")
    for line in ("生意参谋", "平台", "说明", "2026-11-11"):
        sheet.append([line])
    sheet.append(headers)
    sheet.append([row.get(header, "-") for header in headers])
    sheet.append([{**row, "商品访客数": "45.10%"}.get(header, "-") for header in headers])
    book.save(tmp_path / "a.xlsx")
    [report] = load(tmp_path / "case", tmp_path / "a.xlsx")
    assert (report.format, report.table, report.header_row) == ("sycm_items", "traffic", 5)
    assert loaded(tmp_path / "case", report) == [
        {
            "date": date(2026, 11, 11),
            "product_id": "698765432100",
            "visitors": 1234,
            "page_views": 5678,
            "favourites": 12,
            "add_to_cart": 34,
            "buyers": 56,
            "paid_amount": Decimal("12345.6"),
            "source_file": report.sha256,
            "source_row": 6,
        }
    ]
    assert quarantined(tmp_path / "case", report) == [(7, "商品访客数", "45.10%", "not_a_count")]


def test_shop_by_day(tmp_path):
    headers = TAOBAO["sycm_shop_daily"]["headers"]
    row = {
        "统计日期": "2026-11-11",
        "访客数": "4,321",
        "加购人数": "77",
        "支付金额": "9,999.90",
        "支付买家数": "65",
        "支付子订单数": "80",
        "支付件数": "91",
    }
    [report] = load(tmp_path / "case", sheet_file(tmp_path / "a.xlsx", headers, [row]))
    assert report.format == "sycm_shop"
    assert loaded(tmp_path / "case", report) == [
        {
            "date": date(2026, 11, 11),
            "visitors": 4321,
            "add_to_cart": 77,
            "buyers": 65,
            "paid_amount": Decimal("9999.9"),
            "source_file": report.sha256,
            "source_row": 2,
        }
    ]
