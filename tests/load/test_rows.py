"""The rules about whole rows: what a format skips, repeats and does not know."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.load.made import load, loaded, quarantined
from workbench.errors import BadInput
from workbench.load import quarantine_table
from workbench.load.formats import read_mapping

GOOD = """table = "orders"
[columns]
order_id = "no"
created_at = "when"
paid_amount = "sum"
"""


def put(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8", newline="")
    return path


def loaded_with(folder: Path, mapping: str, text: str):
    """The report and the rows of a text under a mapping."""
    options = {"mapping": put(folder / "m.toml", mapping)}
    [report] = load(folder / "case", put(folder / "a.csv", text), **options)
    assert report.rows_read == report.rows_loaded + report.rows_quarantined
    return report, loaded(folder / "case", report)


LENIENT = (
    GOOD
    + """status = [
  { header = "state", lenient = true, words = { done = "completed" } },
  { constant = "shipped", when = { header = "sent", filled = true } },
  { constant = "pending" },
]
"""
)


def test_lenient_words_give_way_to_the_next_rule_and_are_counted(tmp_path):
    body = "1,2026-01-02,1,Done,\n2,2026-01-02,1,?,x\n3,2026-01-02,1,?,\n4,2026-01-02,x,!,\n"
    body += "5,2026-01-02,1,,\n"
    report, rows = loaded_with(tmp_path, LENIENT, "no,when,sum,state ,sent\n" + body)
    assert [row["status"] for row in rows] == ["completed", "shipped", "pending", "pending"]
    # The word of the quarantined row 5 is told with that row.
    assert report.words_unknown == {"state": {"?": 2}}


def test_at_most_twenty_unknown_words_are_listed(tmp_path):
    body = "".join(f"{n},2026-01-02,1,w{min(n, 24):02d},\n" for n in range(30))
    report, _ = loaded_with(tmp_path, LENIENT, "no,when,sum,state,sent\n" + body)
    told = report.words_unknown["state"]
    assert list(told)[:2] == ["w24", "w00"]
    assert (told["w24"], told["w18"], told["…"], len(told)) == (6, 1, 5, 21)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('{ header = "state", lenient = true }', "belongs to `words`"),
        ('{ header = "state", lenient = "yes", words = { a = "paid" } }', "true or false"),
    ],
)
def test_what_lenient_may_not_say(tmp_path, rule, said):
    with pytest.raises(BadInput, match=said):
        read_mapping(put(tmp_path / "m.toml", GOOD + f"status = {rule}\n"))


PER_ORDER = (
    'per_order = ["paid_amount", "refund_amount"]\ngrain = "line"\n'
    + GOOD
    + 'status = { constant = "paid" }\nrefund_amount = "back"\ngoods_amount = "goods"\n'
)


def test_amounts_of_the_whole_order_stand_on_its_first_row(tmp_path):
    body = "A,2026-01-02,30,,5\nB,2026-01-02,7,1,7\nA,2026-01-02,30,,25\nC,2026-01-02,4,,4\n"
    body += "A,2026-01-02,30,2.5,0\nC,2026-01-02,9,,4\nD,2026-01-02,x,,4\nD,2026-01-02,6,,4\n"
    report, rows = loaded_with(tmp_path, PER_ORDER, "no,when,sum,back,goods\n" + body)
    # The first row of D is quarantined, so its second speaks for the order.
    assert [(row["source_row"], row["order_id"], row["paid_amount"]) for row in rows] == [
        *((2, "A", 30), (3, "B", 7), (4, "A", 0), (5, "C", 4), (6, "A", 0), (7, "C", 0)),
        (9, "D", 6),
    ]
    # Of A only the third row tells a refund, of C no row does.
    assert [row["refund_amount"] for row in rows] == [
        *(Decimal("2.5"), 1, 0, None, 0, None),
        None,
    ]
    assert [row["goods_amount"] for row in rows] == [5, 7, 25, 4, 0, 4, 4]
    [english], [chinese] = report.notes["en"], report.notes["zh"]
    assert "paid_amount differs between the rows of one order in 1 orders, first in C" in english
    assert "paid_amount" in chinese
    assert "C" in chinese


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (PER_ORDER.replace('"line"', '"order"'), "needs grain line"),
        (PER_ORDER.replace('"refund_amount"]', '"tax"]'), "'tax' is no amount"),
        (PER_ORDER.replace('"refund_amount"]', '"unit_price"]'), "'unit_price' is no amount"),
        (PER_ORDER.replace('["paid_amount", "refund_amount"]', '"paid_amount"'), "is a list"),
    ],
)
def test_what_per_order_may_not_say(tmp_path, mapping, said):
    with pytest.raises(BadInput, match=said):
        read_mapping(put(tmp_path / "m.toml", mapping))


SKIP = (
    GOOD
    + 'status = { constant = "paid" }\n'
    + """
[[skip]]
header = "no"
starts_with = "#"
why = { en = "a closing line", zh = "结尾说明行" }

[[skip]]
header = "no"
matches = '合计|总计'
why = { en = "a line of totals", zh = "合计行" }
"""
)


def test_rows_that_the_format_leaves_out_are_counted_apart(tmp_path):
    body = (
        "#a note,,\n1,2026-01-02,3\n合计,,3\n# cut short\n\n2,2026-01-02,x\n合计,4\n小计,4\n#,,,,\n"
    )
    report, rows = loaded_with(tmp_path, SKIP, "no,when,sum\n" + body)
    assert [(row["order_id"], row["source_row"]) for row in rows] == [("1", 3)]
    assert (report.rows_read, report.rows_quarantined, report.blank_rows) == (3, 2, 1)
    assert report.rows_skipped == 5
    assert report.skipped == [
        {"why": {"en": "a closing line", "zh": "结尾说明行"}, "rows": 3},
        {"why": {"en": "a line of totals", "zh": "合计行"}, "rows": 2},
    ]
    problems = sorted(quarantined(tmp_path / "case", report))
    assert problems == [(7, "sum", "x", "not_an_amount"), (9, "", "2", "misshapen")]


DESCRIBED = GOOD + 'status = { constant = "paid" }\n[recognise]\ndescription_row = "order_id"\n'


@pytest.mark.parametrize(
    ("first", "orders", "blank"),
    [
        ("Platform unique order ID.,When,Amount", ["1"], 1),
        ("Platform 2,2026-01-01,5", ["Platform 2", "1"], 0),
    ],
)
def test_a_row_that_describes_the_columns_is_left_out(tmp_path, first, orders, blank):
    body = f"{first}\n1,2026-01-02,3\nno digit,2026-01-02,3\n"
    report, rows = loaded_with(tmp_path, DESCRIBED, "no,when,sum\n" + body)
    assert [row["order_id"] for row in rows] == [*orders, "no digit"]
    assert report.blank_rows == blank
    assert bool(report.notes.get("en")) == bool(blank)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SKIP.replace(', zh = "合计行"', ""), "in `en` and in `zh`"),
        (SKIP.replace("合计|总计", "合计("), "The pattern cannot be read"),
        (SKIP.replace('starts_with = "#"', ""), "what its cell says"),
        (SKIP.replace('starts_with = "#"', 'begins = "#"'), "knows no begins"),
        (SKIP.replace('header = "no"\nstarts_with = "#"', "continued = true"), "names a header"),
        (DESCRIBED.replace('row = "order_id"', 'row = "no"'), "a column with a rule"),
        (
            GOOD + 'status = { constant = "paid", when = { header = "a", matches = "(" } }',
            "pattern",
        ),
    ],
)
def test_what_skip_may_not_say(tmp_path, text, said):
    with pytest.raises(BadInput, match=said):
        read_mapping(put(tmp_path / "m.toml", text))


def test_rows_that_repeat_an_earlier_row_are_quarantined(tmp_path):
    mapping = 'grain = "order"\n' + GOOD + 'status = { constant = "paid" }\n'
    body = "1,2026-01-02,3,a\n2,2026-01-02,3,a\n1,2026-01-02,3,b\n1,2026-01-02,3,a\n"
    body += "2,2026-01-02,3,a\n3,2026-01-02,x,a\n3,2026-01-02,x,a\n"
    report, rows = loaded_with(tmp_path, mapping, "no,when,sum,unused\n" + body)
    assert [(row["order_id"], row["source_row"]) for row in rows] == [("1", 2), ("2", 3), ("1", 4)]
    assert quarantined(tmp_path / "case", report) == [
        (7, "sum", "x", "not_an_amount"),
        (8, "sum", "x", "not_an_amount"),
        (5, "", "2", "duplicate"),
        (6, "", "3", "duplicate"),
    ]
    assert report.quarantined_by == {"duplicate": 2, "not_an_amount": 2}
    # Order 1 has two rows that differ only in a cell nobody uses: both are kept, and it is told.
    assert report.repeated_orders == 1
    raw = quarantine_table(tmp_path / "case/tables").raw
    assert raw.tolist()[2] == '["1","2026-01-02","3","a"]'


def test_lines_of_one_order_may_be_alike(tmp_path):
    mapping = 'grain = "line"\n' + GOOD + 'status = { constant = "paid" }\n'
    report, rows = loaded_with(tmp_path, mapping, "no,when,sum\n" + "1,2026-01-02,3\n" * 2)
    assert (len(rows), report.rows_quarantined) == (2, 0)
