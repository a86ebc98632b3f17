"""The account of a file says what became of each row, and how its cells were read."""

import re

from workbench.load import LoadReport
from workbench.quality import account_data, account_table

REPORT = LoadReport(
    file="orders.csv",
    sha256="ab" * 32,
    table="orders",
    format="shop_orders",
    reasons={"en": "it has the header id", "zh": "表头含有 id"},
    encoding="gb18030",
    delimiter=",",
    header_row=1,
    rows_read=10,
    rows_loaded=7,
    rows_quarantined=3,
    blank_rows=1,
    rows_skipped=2,
    skipped=[{"why": {"en": "total", "zh": "合计"}, "rows": 2}],
    quarantined_by={"duplicate": 2, "required": 1},
    words_unknown={"状态": {"飞了": 4}},
    superseded_orders=5,
    repeated_orders=1,
    orders_changed={"orders": 4, "status": 3},
    rows_corrected=2,
    shops=["A", "B"],
    notes={"en": ["a", "b"], "zh": ["甲"]},
    date_order={"日期": "day-first"},
    decimal_sign={"金额": "comma"},
    zone="Asia/Shanghai",
)


def test_every_row_is_accounted_for():
    row = account_data([REPORT], "en").iloc[0]
    assert (row["read"], row.loaded, row.quarantined, row.balanced) == (10, 7, 3, True)
    assert row.quarantined_why == (
        "every cell is that of an earlier row of the file × 2, a required cell is empty × 1"
    )
    assert (row.blank, row.skipped, row.skipped_why) == (1, 2, "total × 2")
    assert (row.duplicates, row.repeated, row.superseded, row.corrected) == (2, 1, 5, 2)
    assert (row.changed, row.shops) == (4, "A, B")
    assert row.unknown_words == "状态: 飞了 × 4"
    assert (row.date_order, row.decimal_sign) == ("日期: day first", "金额: comma")
    assert (row.zone, row.encoding, row.notes) == ("Asia/Shanghai", "gb18030", "a\nb")


def test_an_account_that_does_not_balance_is_said():
    wrong = LoadReport(**{**vars(REPORT), "rows_loaded": 6})
    assert not account_data([wrong]).balanced[0]
    assert (
        account_table(account_data([wrong], "en"), "en")["Read = loaded + quarantined"][0]
        != (account_table(account_data([REPORT], "en"), "en")["Read = loaded + quarantined"][0])
    )


def test_the_table_speaks_both_languages():
    zh = account_table(account_data([REPORT], "zh"), "zh")
    en = account_table(account_data([REPORT], "en"), "en")
    assert zh.shape == en.shape
    assert all(re.search("[一-鿿]", heading) for heading in zh)
    assert not any(re.search("[一-鿿]", heading) for heading in en)
    assert zh["日月顺序"][0] == "日期: 日在前"
    assert zh["跳过原因"][0] == "合计 × 2"
