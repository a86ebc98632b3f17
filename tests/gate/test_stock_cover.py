import pandas as pd

from workbench.engine import connect
from workbench.gate.stock_cover import stock_balances, stock_covers
from workbench.tables import memory_tables

from .saying import NOTHING, asked, known, told

ALL = ["1", "2", "4"]


def orders(*rows):
    frame = pd.DataFrame(
        rows, columns=["order_id", "created_at", "product_id", "quantity", "status"]
    ).assign(paid_amount="1")
    return frame.assign(created_at=pd.to_datetime(frame["created_at"]))


ORDERS = orders(
    ("1", "2026-01-02", "p", 4, "completed"),
    ("2", "2026-01-03", "p", 5, "completed"),
    ("3", "2026-01-03", "p", 9, "closed"),  # nothing left the shop
    ("4", "2026-01-03", "q", 1, "completed"),
)


def tables(bought=(), counted=(), sold=ORDERS):
    frames = {"orders": sold}
    for name, rows, at in (("purchases", bought, "purchased_at"), ("stock", counted, "counted_at")):
        if rows:
            frame = pd.DataFrame(rows, columns=["product_id", at, "quantity"])
            frames[name] = frame.assign(**{at: pd.to_datetime(frame[at])})
    return memory_tables(connect(), frames)


def balance(*args, ids=("1",), **more):
    rows = stock_balances(tables(*args, **more), ids)
    return rows[["product_id", "sold", "had", "short", "counted"]].to_numpy().tolist()


def test_purchases_that_came_in_time_cover_what_was_sold():
    assert balance([("p", "2026-01-01", 9)]) == [["p", 9, 9, 0, False]]


def test_what_came_too_late_does_not():
    bought = [("p", "2026-01-01", 5), ("p", "2026-01-04", 50)]
    # Until the third, 9 were sold and 5 had come.
    assert balance(bought) == [["p", 9, 5, 4, False]]


def test_the_first_count_opens_the_books():
    bought, counted = [("p", "2025-12-01", 1)], [("p", "2026-01-03", 4), ("p", "2026-02-01", 0)]
    # What was sold before the count is not held against it; the old purchase is credited.
    assert balance(bought, counted) == [["p", 5, 5, 0, True]]


def test_counts_of_several_places_add_up():
    counted = [("p", "2026-01-01", 3), ("p", "2026-01-01", 4)]
    assert balance([("p", "2026-01-01", 1)], counted) == [["p", 9, 8, 1, True]]


def test_a_product_without_a_purchase_is_not_known():
    rows = stock_balances(tables([("p", "2026-01-01", 9)]), ["1", "4"])
    assert rows["product_id"].tolist() == ["p", "q"]
    assert rows["short"].isna().tolist() == [False, True]
    verdict = stock_covers(ALL, rows, NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("needs_answer", ["4"])
    assert told(verdict) == (
        "Products of the defended orders: 2; covered by stock and purchases: 1; sold beyond them: "
        "0; not known: 1."
    )
    given = known((verdict.questions[0], "yes", "the supplier ships: contract E07"))
    assert stock_covers(ALL, rows, given).state == "passed"


def test_more_sold_than_was_counted_fails_whatever_is_said():
    rows = stock_balances(tables([("p", "2026-01-01", 1)], [("p", "2026-01-01", 3)]), ["1", "2"])
    verdict = stock_covers(ALL, rows, NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["1", "2"])
    assert asked(verdict) == []


def test_more_sold_than_bought_without_a_count_is_asked():
    verdict = stock_covers(ALL, stock_balances(tables([("p", "2026-01-01", 1)]), ["1"]), NOTHING)
    assert verdict.state == "needs_answer"


def test_without_purchases_nothing_can_be_said():
    assert stock_balances(tables(), ["1"]) is None
    verdict = stock_covers(ALL, None, NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.11", "")])


def test_nothing_defended_is_no_pass():
    assert stock_covers([], None, NOTHING).state == "needs_answer"
