"""What stands where several files tell of the same orders; every figure worked out by hand."""

import pandas as pd
import pytest

from tests.tables.kept import Kept, whole
from workbench.tables.loads import Load


@pytest.fixture
def kept(tmp_path) -> Kept:
    return Kept(tmp_path)


def cells(frame: pd.DataFrame, *names: str) -> list[list[object]]:
    return frame[list(names)].astype(object).where(frame[list(names)].notna(), None).values.tolist()


def test_one_source_is_read_as_it_is(kept):
    kept.load("orders", "a", **whole("1", "2"))
    assert kept.merge().files == {}
    assert kept.rows().order_id.tolist() == ["1", "2"]


def test_an_item_list_splits_an_order_and_the_amount_stands_on_its_first_line(kept):
    kept.load(
        "orders", "o", grain="order",
        **whole("1", "2", paid_amount=[105.0, 20.0], shipping_amount=[5.0, 0.0],
                phone=["138", "139"], product_title=["a, b", "c"]),
    )  # fmt: skip
    kept.load(
        "order_lines", "i", order_id=["1", "1"], line_id=["11", "12"], product_title=["a", "b"],
        quantity=[1, 2],
    )  # fmt: skip
    kept.merge()
    names = ["order_id", "line_id", "product_title", "quantity", "phone"]
    assert cells(kept.rows(), *names, "paid_amount", "shipping_amount") == [
        ["1", "11", "a", 1, "138", 105, 5],
        ["1", "12", "b", 2, "138", 0, 0],
        ["2", None, "c", None, "139", 20, 0],
    ]
    assert cells(kept.rows(), "source_file", "source_row", "detail_file", "detail_row") == [
        ["o", 2, "i", 2],
        ["o", 2, "i", 3],
        ["o", 3, None, None],
    ]


def test_an_item_list_with_amounts_of_its_own_keeps_them_if_every_line_has_one(kept):
    kept.load("orders", "o", grain="order", **whole("1", "2", paid_amount=[105.0, 50.0]))
    kept.load(
        "order_lines", "i", order_id=["1", "1", "2", "2"], line_id=["11", "12", "21", "22"],
        paid_amount=[60.0, 45.0, 30.0, None],
    )  # fmt: skip
    kept.merge()
    assert cells(kept.rows(), "line_id", "paid_amount") == [
        ["11", 60],
        ["12", 45],
        ["21", 50],
        ["22", 0],
    ]


def test_an_order_of_several_rows_is_not_split_further(kept):
    kept.load("orders", "o", grain="order", **whole("1", "1", paid_amount=[60.0, 40.0]))
    kept.load("order_lines", "i", order_id=["1"] * 3, line_id=["11", "12", "13"])
    kept.merge()
    assert kept.rows().paid_amount.tolist() == [60, 40]


def test_an_order_grain_file_fills_what_lines_lack(kept):
    kept.load(
        "orders", "o", grain="order",
        **whole("1", paid_amount=[105.0], shipping_amount=[5.0], phone=["138"],
                seller_memo=["gift"], product_title=["a, b"]),
    )  # fmt: skip
    kept.load(
        "orders", "l", grain="line",
        **whole("1", "1", "3", paid_amount=[60.0, 40.0, 7.0], line_id=["11", "12", "31"],
                product_title=["a", None, "d"]),
    )  # fmt: skip
    kept.merge()
    names = ["line_id", "product_title", "paid_amount", "shipping_amount", "phone", "seller_memo"]
    assert cells(kept.rows(), *names, "source_file", "detail_file", "detail_row") == [
        ["11", "a", 60, 5, "138", "gift", "l", "o", 2],
        ["12", None, 40, 0, "138", "gift", "l", "o", 2],
        ["31", "d", 7, None, None, None, "l", None, None],
    ]


def test_of_what_both_say_the_newer_file_stands(kept):
    lines = whole("1", "1", line_id=["11", "12"], status=["paid", "closed"], phone=["138*", "138*"],
                  tracking_no=["T1", "T2"], buyer_message=["old", "old"])  # fmt: skip
    head = whole("1", paid_amount=[20.0], status=["completed"], phone=["13800001111"],
                 tracking_no=["T9"], buyer_message=["new"])  # fmt: skip
    kept.load("orders", "l", grain="line", **lines)
    kept.load("orders", "o", grain="order", **head)
    kept.merge()
    names = ["line_id", "status", "tracking_no", "phone", "buyer_message"]
    # A closed line stays closed, each line keeps its own waybill, the whole phone its digits.
    assert cells(kept.rows(), *names) == [
        ["11", "completed", "T1", "13800001111", "new"],
        ["12", "closed", "T2", "13800001111", "new"],
    ]
    other = Kept(kept.folder / "other")
    other.folder.mkdir()
    other.load("orders", "o", grain="order", **head)
    other.load("orders", "l", grain="line", **lines)
    other.merge()
    assert cells(other.rows(), *names) == [
        ["11", "paid", "T1", "13800001111", "old"],
        ["12", "closed", "T2", "13800001111", "old"],
    ]


def test_the_newest_lines_stand_and_lines_of_an_older_file_are_gone(kept):
    kept.load(
        "orders", "jan", grain="line",
        **whole("1", "1", "2", line_id=["11", "12", "21"], paid_amount=[6.0, 4.0, 1.0]),
    )  # fmt: skip
    kept.load("orders", "feb", grain="line", **whole("1", line_id=["11"], paid_amount=[6.0]))
    told = kept.merge()
    assert cells(kept.rows(), "line_id", "source_file") == [["11", "feb"], ["21", "jan"]]
    assert told.superseded == {"feb": 1}
    assert told.changed == {"feb": {"orders": 1, "lines": 1, "paid_amount": 1}}


@pytest.mark.parametrize(
    ("state", "finished", "refund"),
    [("done", None, 4), ("open", "2026-01-05", None), (None, "2026-01-05", 4), (None, None, None)],
)
def test_a_settled_request_fills_the_refund(kept, state, finished, refund):
    kept.load("orders", "l", grain="line", **whole("1", "1", line_id=["11", "12"]))
    kept.load(
        "refunds", "r", order_id=["1"], line_id=["12"], refund_amount=[4.0], state=[state],
        aftersale_status=["退款成功"], finished_at=[pd.Timestamp(finished) if finished else None],
    )  # fmt: skip
    kept.merge()
    word = "退款成功" if refund else None
    assert cells(kept.rows(), "line_id", "refund_amount", "aftersale_status") == [
        ["11", 0 if refund else None, None],
        ["12", refund, word],
    ]


def test_requests_that_name_no_line_stand_on_the_first(kept):
    kept.load("orders", "l", grain="line", **whole("1", "1", line_id=["11", "12"]))
    kept.load(
        "refunds", "r", order_id=["1", "1"], line_id=["12", "99"], refund_amount=[4.0, 1.0],
        state=["done", "done"],
    )  # fmt: skip
    kept.merge()
    assert kept.rows().refund_amount.tolist() == [5, 0]


def test_a_newer_request_that_says_more_replaces_the_refund_an_older_one_does_not(kept):
    refunds = {"order_id": ["1", "2"], "refund_amount": [4.0, 4.0], "state": ["done", "done"]}
    kept.load("orders", "o", grain="order", **whole("1", "2", refund_amount=[0.0, 9.0]))
    kept.load("refunds", "r", **refunds)
    told = kept.merge()
    assert kept.rows().refund_amount.tolist() == [4, 9]
    assert told.changed == {"r": {"orders": 1, "refund_amount": 1}}
    kept.load("orders", "p", grain="order", **whole("1", "2", refund_amount=[0.0, 9.0]))
    kept.merge()
    assert kept.rows().refund_amount.tolist() == [0, 9]


def test_a_request_in_two_overlapping_files_counts_once(kept):
    kept.load("orders", "o", grain="order", **whole("1"))
    kept.load("refunds", "jan", order_id=["1"], refund_id=["R1"], refund_amount=[4.0],
              state=["open"])  # fmt: skip
    kept.load("refunds", "feb", order_id=["1", "1"], refund_id=["R1", "R2"],
              refund_amount=[4.0, 1.0], state=["done", "done"])  # fmt: skip
    kept.merge()
    assert kept.rows().refund_amount.tolist() == [5]
    assert cells(kept.rows("refunds"), "refund_id", "source_file") == [["R1", "feb"], ["R2", "feb"]]


def test_rows_of_other_tables_count_once_but_what_happened_twice_counts_twice(kept):
    def said(*texts):
        at = [pd.Timestamp("2026-01-01")] * len(texts)
        return {"speaker": ["buyer"] * len(texts), "sent_at": at, "text": list(texts)}

    kept.load("messages", "a", **said("hi", "hi", "ok"))
    kept.load("messages", "b", **said("hi", "new"))
    kept.merge()
    found = kept.rows("messages")
    assert sorted(zip(found.text, found.source_file, strict=True)) == [
        ("hi", "a"),
        ("hi", "b"),
        ("new", "b"),
        ("ok", "a"),
    ]


def test_a_newer_count_of_the_same_day_replaces_the_older(kept):
    day = pd.Timestamp("2026-01-01").date()
    kept.load("traffic", "a", date=[day, day], product_id=["p", "q"], visitors=[5, 6])
    kept.load("traffic", "b", date=[day], product_id=["p"], visitors=[7])
    kept.merge()
    assert sorted(kept.rows("traffic").visitors) == [6, 7]


def test_two_shops_keep_their_numbers_apart_in_every_table(tmp_path):
    kept = Kept(tmp_path, case_shop="A")
    kept.load("orders", "a", grain="order", **whole("1", "2"))
    kept.load("orders", "b", grain="order", told="B", **whole("1", "3", paid_amount=[5.0, 6.0]))
    kept.load("reviews", "r", order_id=["1", "3", "9"], posted_at=[pd.Timestamp("2026-02-01")] * 3)
    kept.load("reviews", "s", told="B", order_id=["1"], posted_at=[pd.Timestamp("2026-02-01")])
    kept.load("refunds", "f", told="B", order_id=["1"], refund_amount=[5.0], state=["done"])
    kept.merge()
    assert kept.book.shops == ("A", "B")
    assert cells(kept.rows(), "order_id", "shop", "paid_amount", "refund_amount") == [
        ["1", "A", 10, None],
        ["1 (B)", "B", 5, 5],
        ["2", "A", 10, None],
        ["3", "B", 6, None],
    ]
    # Of a file that names no shop, an order that one shop alone has is that shop's.
    assert cells(kept.rows("reviews"), "order_id", "shop", "source_file") == [
        ["1", "A", "r"],
        ["1 (B)", "B", "s"],
        ["3", "B", "r"],
        ["9", "A", "r"],
    ]
    assert kept.rows("refunds").order_id.tolist() == ["1 (B)"]


def test_a_files_own_shop_goes_before_the_one_the_loader_was_told(tmp_path):
    kept = Kept(tmp_path, case_shop="A")
    kept.load("orders", "e", grain="order", told="X", **whole("1", "2", shop=["B", None]))
    kept.load("orders", "f", grain="order", **whole("1", shop=["C"]))
    kept.merge()
    assert cells(kept.rows(), "order_id", "shop") == [["1", "B"], ["1 (C)", "C"], ["2", "X"]]


def test_a_shop_whose_name_only_some_files_have_is_one_shop(tmp_path):
    kept = Kept(tmp_path, case_shop="the analyst's name for it")
    kept.load("orders", "jan", grain="order", **whole("1", shop=["旗舰店"]))
    kept.load("orders", "feb", grain="order", **whole("1", "2", status=["closed", "paid"]))
    kept.merge()
    assert kept.book.shops == ("旗舰店",)
    assert cells(kept.rows(), "order_id", "status") == [["1", "closed"], ["2", "paid"]]


def test_numbers_do_not_change_hands_when_the_first_shop_is_loaded_anew(tmp_path):
    kept = Kept(tmp_path, case_shop="A")
    kept.load("orders", "a", grain="order", **whole("1"))
    kept.load("orders", "b", grain="order", told="B", **whole("1"))
    kept.load("orders", "a", grain="order", **whole("1"))
    kept.merge()
    assert cells(kept.rows(), "order_id", "shop") == [["1", "A"], ["1 (B)", "B"]]


def test_what_was_merged_from_the_same_sources_is_not_merged_again(kept):
    kept.load("orders", "a", grain="order", **whole("1"))
    kept.load("orders", "b", grain="order", **whole("1", status=["closed"]))
    first = kept.merge()
    assert len(first.files) == 2
    assert kept.merge().files == {}
    kept.load("stock", "s", product_id=["p"], counted_at=[pd.Timestamp("2026-01-01")], quantity=[1])
    assert kept.merge().files == {}
    assert kept.rows().status.tolist() == ["closed"]


def test_corrected_rows_join_the_lines_of_their_own_file(kept):
    kept.load("orders", "a", grain="line", **whole("1", "2", line_id=["11", "21"]))
    fixed = {**whole("1", line_id=["12"]), "corrects_file": ["a"], "corrects_row": [9]}
    kept.load("orders", "c", **fixed)
    load = kept.book.loads[-1]
    kept.book = kept.book.with_load(Load("orders", load.sha256, recipe="r", corrects=("a",)))
    kept.merge()
    assert cells(kept.rows(), "order_id", "line_id", "source_file", "source_row") == [
        ["1", "11", "a", 2],
        ["1", "12", "c", 2],
        ["2", "21", "a", 3],
    ]
    # A newer file of the order takes the place of both.
    kept.load("orders", "b", grain="line", **whole("1", line_id=["11"]))
    kept.merge()
    assert kept.rows().source_file.tolist() == ["b", "a"]


def test_a_file_that_a_failed_load_left_behind_is_not_believed(kept):
    kept.load("orders", "a", grain="order", **whole("1"))
    kept.load("orders", "b", grain="order", **whole("1", status=["closed"]))
    before = kept.book
    first = kept.merge()
    kept.book = before
    second = kept.merge()
    assert set(second.files) == set(first.files)
    assert second.changed == {"b": {"orders": 1, "status": 1}}


def test_what_a_newer_file_has_no_column_for_stays_with_its_origin(kept):
    kept.load(
        "orders", "old", grain="order",
        **whole("1", "2", phone=["138", "139"], seller_memo=["gift", None], status=["paid"] * 2),
    )  # fmt: skip
    kept.load("orders", "new", grain="order", **whole("1", "3", status=["completed", "paid"]))
    kept.merge()
    names = ["order_id", "status", "phone", "seller_memo", "source_file", "detail_file"]
    assert cells(kept.rows(), *names, "detail_row") == [
        ["1", "completed", "138", "gift", "new", "old", 2],
        ["2", "paid", "139", None, "old", None, None],
        ["3", "paid", None, None, "new", None, None],
    ]


def test_an_empty_cell_of_a_newer_file_stands(kept):
    kept.load("orders", "old", grain="order", **whole("1", seller_memo=["gift"]))
    kept.load("orders", "new", grain="order", **whole("1", seller_memo=[None]))
    kept.merge()
    assert cells(kept.rows(), "seller_memo", "source_file") == [[None, "new"]]


def test_what_a_newer_file_masks_stays_as_an_older_one_showed_it(kept):
    kept.load("orders", "a", grain="order", **whole("1", "2", phone=["13812345678", "13***"]))
    kept.load("orders", "b", grain="order", **whole("1", "2", phone=["138****5678", "1***"]))
    kept.load("orders", "c", grain="order", **whole("1", "2", phone=["138****5678", "139****1"]))
    kept.merge()
    assert cells(kept.rows(), "phone", "source_file", "detail_file", "detail_row") == [
        ["13812345678", "c", "a", 2],
        ["139****1", "c", None, None],
    ]


def test_an_item_of_an_older_file_stays_only_where_the_order_is_one_row(kept):
    kept.load(
        "orders", "old", grain="order",
        **whole("1", "2", "2", product_title=["a", "b", "c"], tracking_no=["T1", "T2", "T3"]),
    )  # fmt: skip
    kept.load("orders", "new", grain="order", **whole("1", "2"))
    kept.merge()
    assert cells(kept.rows(), "order_id", "product_title", "tracking_no", "source_file") == [
        ["1", "a", "T1", "new"],
        ["2", None, None, "new"],
    ]


def test_an_order_split_by_an_item_list_keeps_what_a_newer_order_list_lacks(kept):
    kept.load("orders", "old", grain="order", **whole("1", phone=["138"]))
    kept.load("orders", "new", grain="order", **whole("1", seller_memo=["gift"]))
    kept.load("order_lines", "i", order_id=["1", "1"], line_id=["11", "12"])
    kept.merge()
    names = ["line_id", "phone", "seller_memo", "source_file", "detail_file"]
    assert cells(kept.rows(), *names) == [
        ["11", "138", "gift", "new", "i"],
        ["12", "138", "gift", "new", "i"],
    ]
