from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import BadInput
from workbench.notice import FIELDS, parse_notice
from workbench.notice.parse import MAX_CHARACTERS
from workbench.notice.told import how_text, parsed_lines, remark_text

ZH = """【淘宝网】违规处理通知
通知编号：WG2026010200817
经系统核查，贵店以下订单存在虚假交易行为，同一收货地址集中下单，物流轨迹异常。
违规类型：虚假交易
依据《淘宝网市场管理与违规处理规范》（2025年10月1日修订）第六十四条第二款，处理如下：
处理措施：
1、删除销量与评价
2、商品搜索降权30天
3、扣１２分
处罚期间：2026-01-02 00:00:00 至 2026-02-01
扣除保证金人民币1,200.50元。
涉及订单（共3笔）：
240728699116526468、241204198564878009，
2407286991165２６４６9
运单号：753123456789012345
通知时间：2026-01-02 08:30
判定时间：2026年1月1日 17:30
请您于收到通知之日起7日内通过卖家中心-体检中心提交申诉，仅有1次申诉机会，已使用0次。
如对自动化判定有异议，可申请人工复核。
判定依据：物流信息异常；IP 聚集
"""
EN = """Date: Fri, 02 Jan 2026 00:30:00 +0000
Case ID: TTS-99812
We have detected that 2 orders were placed by linked accounts.
Violation: Fake orders
This violates the Fake Order Control Guidelines, Section 3.2(b) (last updated: October 1, 2025).
Order ID\tAmount\tTracking
576461413038785123\t12.00\t753123456789012345
576461413038785124\t15.00\t753123456789012346
Actions taken: Listing removed; sales deleted
Funds withheld: USD 300.00
12 penalty points.
Date received: 2026-01-03
You may appeal twice. Submit your appeal via Seller Center within 30 days of receiving this notice.
You may ask for a manual review.
"""


def test_a_chinese_notice_is_read_field_by_field():
    parsed = parse_notice(ZH)
    values = parsed.values()
    deadline = values.pop("appeal_deadline")
    assert values.pop("facts_stated").startswith("经系统核查，贵店以下订单存在虚假交易行为")
    assert values == {
        "notice_id": "WG2026010200817",
        "platform": "淘宝",
        "violation": "虚假交易",
        "rule_name": "淘宝网市场管理与违规处理规范",
        "rule_clause": "第六十四条第二款",
        "rule_version_date": date(2025, 10, 1),
        "evidence_shown_by_platform": ("物流信息异常", "IP 聚集"),
        "measures": ("删除销量与评价", "商品搜索降权30天", "扣１２分"),
        "measure_start": datetime(2026, 1, 2),
        "measure_end": datetime(2026, 2, 1, 23, 59, 59),
        "points": Decimal(12),
        "money_withheld": Decimal("1200.50"),
        "money_currency": "CNY",
        "issued_at": datetime(2026, 1, 2, 8, 30),
        "decided_at": datetime(2026, 1, 1, 17, 30),
        "attempts_allowed": 1,
        "attempts_used": 0,
        "channel": "卖家中心-体检中心",
        "human_review": "如对自动化判定有异议，可申请人工复核",
        "orders_stated": 3,
        "order_ids": ("240728699116526468", "241204198564878009", "240728699116526469"),
    }
    # Nobody said when it was received: counted from the day of issue, and said so.
    assert deadline == datetime(2026, 1, 9, 23, 59, 59)
    (reading,) = parsed.of("appeal_deadline")
    assert (reading.sure, reading.how) == ("doubtful", "counted_from_other")
    assert "2026-01-02" in how_text(reading, "zh")
    assert parsed.remarks == ()


def test_an_english_notice_is_read_field_by_field():
    values = parse_notice(EN).values()
    assert values.pop("facts_stated").startswith("We have detected that 2 orders")
    assert values == {
        "notice_id": "TTS-99812",
        "violation": "Fake orders",
        "rule_name": "Fake Order Control Guidelines",
        "rule_clause": "Section 3.2(b)",
        "rule_version_date": date(2025, 10, 1),
        "measures": ("Listing removed", "sales deleted"),
        "points": Decimal(12),
        "money_withheld": Decimal("300.00"),
        "money_currency": "USD",
        "issued_at": datetime(2026, 1, 2, 8, 30),  # 00:30 UTC in Shanghai
        "received_at": datetime(2026, 1, 3),
        "appeal_deadline": datetime(2026, 2, 2, 23, 59, 59),
        "attempts_allowed": 2,
        "channel": "Seller Center",
        "human_review": "You may ask for a manual review",
        "orders_stated": 2,
        "order_ids": ("576461413038785123", "576461413038785124"),
    }


@pytest.mark.parametrize("text", [ZH, EN])
def test_every_value_stands_where_it_says(text: str):
    parsed = parse_notice(text)
    for one in parsed:
        own = text[one.start : one.end]
        assert own.strip()
        if FIELDS[one.field].type in ("text", "texts") and one.field != "money_currency":
            assert own == one.value


def test_what_is_not_stated_as_such_must_be_confirmed():
    parsed = parse_notice(ZH)
    assert set(parsed.to_confirm) == {"platform", "facts_stated", "appeal_deadline", "channel"}
    assert "attempts_used" in parse_notice(EN).to_confirm  # needed and not read
    assert "received_at" in parsed.unread


def test_a_day_that_a_person_gives_is_counted_from():
    parsed = parse_notice(ZH, known={"received_at": datetime(2026, 1, 4, 9)})
    (reading,) = parsed.of("appeal_deadline")
    assert reading.value == datetime(2026, 1, 11, 23, 59, 59)
    assert (reading.sure, reading.how) == ("computed", "counted")


@pytest.mark.parametrize(
    ("sentence", "deadline", "how"),
    [
        ("申诉截止时间：2026-01-09 18:00", datetime(2026, 1, 9, 18), ""),
        ("申诉截止时间：2026年1月9日", datetime(2026, 1, 9, 23, 59, 59), "no_hour"),
        ("申诉截止时间：2026年1月9日24:00", datetime(2026, 1, 9, 23, 59, 59), ""),
        ("请于2026年1月9日18:00前提交申诉", datetime(2026, 1, 9, 18), ""),
        ("请于2026年1月9日前提交申诉", datetime(2026, 1, 8, 23, 59, 59), "day_before"),
        ("申诉截止日期：1月9日", datetime(2026, 1, 9, 23, 59, 59), "year_taken"),
        ("申诉有效期：2026-01-02 至 2026-01-09 12:00", datetime(2026, 1, 9, 12), ""),
        ("自通知发出之日起三日内可以申诉", datetime(2026, 1, 5, 23, 59, 59), "counted"),
        ("请在通知发出后48小时内提交申诉", datetime(2026, 1, 4, 8, 30), "counted"),
        ("自通知发出之日起5个工作日内申诉", datetime(2026, 1, 9, 23, 59, 59), "working_days"),
        ("自处罚之日起15天内申诉", datetime(2026, 1, 17, 23, 59, 59), "counted_from_other"),
        ("You may appeal until January 9, 2026 6:00 PM", datetime(2026, 1, 9, 18), ""),
        ("Please respond by 9 Jan 2026.", datetime(2026, 1, 9, 23, 59, 59), "no_hour"),
        ("Appeal before 2026-01-09.", datetime(2026, 1, 8, 23, 59, 59), "day_before"),
        ("Appeal deadline: 13/01/2026", datetime(2026, 1, 13, 23, 59, 59), "no_hour"),
    ],
)
def test_deadlines_as_stated_and_as_counted(sentence: str, deadline: datetime, how: str):
    parsed = parse_notice(f"通知时间：2026-01-02 08:30\n{sentence}\n")
    (reading,) = parsed.of("appeal_deadline")
    assert (reading.value, reading.how) == (deadline, how)
    assert (reading.sure == "stated") == (how == "")


def test_a_date_that_can_be_read_two_ways_is_none():
    parsed = parse_notice("Appeal deadline: 03/04/2026")
    assert parsed.value("appeal_deadline") is None
    (remark,) = parsed.remarks
    assert remark.code == "day_order"
    assert "03/04/2026" in remark_text(remark, "en")
    assert "appeal_deadline" in parsed.to_confirm


def test_a_window_without_any_date_gives_no_deadline():
    parsed = parse_notice("请在收到通知之日起7日内申诉。")
    assert parsed.value("appeal_deadline") is None


def test_a_window_of_something_else_is_no_deadline():
    parsed = parse_notice("通知时间：2026-01-02\n商品将在7日内下架。")
    assert parsed.of("appeal_deadline") == []


def test_two_deadlines_are_a_question():
    text = "申诉截止时间：2026-01-09 18:00\n申诉截止时间：2026-01-12 18:00\n"
    parsed = parse_notice(text)
    assert parsed.value("appeal_deadline") is None
    assert parsed.conflicting == ("appeal_deadline",)
    assert "appeal_deadline" not in parsed.values()


def test_a_stated_deadline_that_differs_from_the_counted_one_is_told():
    text = "通知时间：2026-01-02\n自通知发出之日起7日内申诉。申诉截止时间：2026-01-12 18:00\n"
    parsed = parse_notice(text)
    assert parsed.value("appeal_deadline") == datetime(2026, 1, 12, 18)
    assert [one.code for one in parsed.remarks] == ["deadline_differs"]
    assert "2026-01-09" in remark_text(parsed.remarks[0], "en")


@pytest.mark.parametrize(
    ("sentence", "allowed", "used"),
    [
        ("本次处罚共有2次申诉机会，已使用1次", 2, 1),
        ("申诉次数：3次，剩余申诉次数：2次", 3, 1),
        ("剩余申诉次数：1次", 1, 0),
        ("最多可申诉三次", 3, None),
        ("可申诉1次", 1, None),
        ("本通知可提交申诉两次", 2, None),
        ("申诉机会1次", 1, None),
        ("还可申诉1次", 1, 0),
        ("剩余可申诉1次", 1, 0),
        ("You can appeal once.", 1, None),
        ("Appeals allowed: 2\nAppeals used: 1", 2, 1),
        ("2 appeals remaining", 2, 0),
        ("没有提到次数", None, None),
    ],
)
def test_attempts(sentence: str, allowed: int | None, used: int | None):
    parsed = parse_notice(sentence)
    assert (parsed.value("attempts_allowed"), parsed.value("attempts_used")) == (allowed, used)


def test_points_so_far_are_not_the_points_of_this_notice():
    parsed = parse_notice("扣6分，累计扣48分。")
    assert parsed.value("points") == Decimal(6)


@pytest.mark.parametrize(
    ("sentence", "amount", "currency"),
    [
        ("冻结货款3.5万元", Decimal(35000), "CNY"),
        ("扣划违约金 ¥2,000", Decimal(2000), "CNY"),
        ("We withheld $1,234.56 of your funds", Decimal("1234.56"), "USD"),
        ("订单金额 300 元", None, None),
    ],
)
def test_money(sentence: str, amount: Decimal | None, currency: str | None):
    parsed = parse_notice(sentence)
    assert (parsed.value("money_withheld"), parsed.value("money_currency")) == (amount, currency)


def test_a_pending_appeal():
    assert parse_notice("申诉状态：申诉中").value("pending_appeal") is True
    assert parse_notice("申诉状态：未申诉").value("pending_appeal") is False
    assert parse_notice("请申诉").value("pending_appeal") is None


def test_two_platforms_in_a_text_name_none():
    assert parse_notice("淘宝与京东").value("platform") is None
    assert parse_notice("1688订单通知").value("platform") == "1688"
    assert parse_notice("订单 168812345678901234").value("platform") is None


def test_a_text_without_anything_gives_nothing():
    parsed = parse_notice("今天天气很好。")
    assert parsed.values() == {}
    assert set(parsed.to_confirm) == {name for name, one in FIELDS.items() if one.needed}
    assert parsed_lines(parsed, "zh")


@pytest.mark.parametrize("text", ["", " \n ", "x" * (MAX_CHARACTERS + 1)])
def test_no_text_and_too_much_of_it_are_refused(text: str):
    with pytest.raises(BadInput):
        parse_notice(text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("text", [ZH, EN])
def test_lines_show_every_value_with_its_words(text: str, language: str):
    lines = "\n".join(parsed_lines(parse_notice(text), language))
    for name, value in parse_notice(text).values().items():
        assert FIELDS[name].title(language) in lines or name == "order_ids"
        if name == "order_ids":
            assert all(one in lines for one in value)


PIECES = st.sampled_from(
    ["订单号：", "申诉", "7日内", "2026-13-45", "1月32日", "扣", "分", "次", "—", "\t", "|",
     "\n", "，",
     "240728699116526468", "2.4E+17", "*" * 9, "Appeal by ", "99/99/2026", "《", "》", "第", "条",
     "元",
     "within 0 days", "<script>", "\u200b", "😀", "9" * 40]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), min_size=1, max_size=25).map("".join))
def test_no_text_makes_it_fall_and_every_place_lies_in_the_text(text: str):
    if not text.strip():
        return
    parsed = parse_notice(text)
    for one in [*parsed.readings, *parsed.remarks]:
        assert 0 <= one.start < one.end <= len(text)
    for language in ("zh", "en"):
        parsed_lines(parsed, language)


@pytest.mark.parametrize("piece", ["9", "\n", " ", "within 1 days appeal ", "1*"])
def test_a_long_run_of_anything_is_read_to_its_end(piece: str):
    # Patterns that search again from every sign would not come back from this.
    text = "通知编号：WG12345\n" + piece * (MAX_CHARACTERS // len(piece) - 20)
    assert parse_notice(text).value("notice_id") == "WG12345"
