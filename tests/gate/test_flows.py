import pandas as pd
import pytest

from workbench.engine import connect
from workbench.gate.flows import flows, flows_known
from workbench.gate.money_explained import money_explained
from workbench.tables import memory_tables

from .saying import EN, NOTHING, asked, known, told

ORDERS = pd.DataFrame(
    {
        "order_id": ["1001", "1002", "1003"],
        "created_at": pd.to_datetime(["2026-01-01"] * 3),
        "status": "completed",
        "paid_amount": ["20", "30", "40"],
        "buyer_account": ["acc_a", "acc_b", "138****8000"],
        "buyer_name": ["王小明", "欧阳", "张*"],
        "refund_amount": ["0", "5", None],
    }
)


def entry(**more):
    given = {"posted_at": "2026-01-05 10:00", "amount": "20", "direction": "out"}
    blank = dict.fromkeys(("counterparty", "counterparty_account", "order_id", "memo"))
    return {**blank, **given, **more}


def tables(*payments, refunds=(), orders=ORDERS):
    frames = {"orders": orders}
    if payments:
        listed = pd.DataFrame(payments)
        frames["payments"] = listed.assign(posted_at=pd.to_datetime(listed["posted_at"]))
    if refunds:
        listed = pd.DataFrame(refunds)
        listed["finished_at"] = pd.to_datetime(listed["finished_at"])
        frames["refunds"] = listed
    return memory_tables(connect(), frames)


def told_of(found):
    return [(r.order_id, r.kind, str(r.amount.normalize())) for r in found.itertuples()]


ALL = ["1001", "1002", "1003"]


@pytest.mark.parametrize(
    "entry_",
    [
        entry(order_id="1001"),
        entry(memo="给1001的"),
        entry(counterparty_account="acc_a"),
        entry(counterparty=" 王小明 "),
    ],
)
def test_a_transfer_is_found_by_order_account_name_or_memo(entry_):
    found = flows(tables(entry_), ["1001", "1003"])
    assert told_of(found) == [("1001", "transfer", "2E+1")]


@pytest.mark.parametrize(
    "entry_",
    [
        entry(order_id="1001", direction="in"),
        entry(memo="11001 10012"),  # other numbers
        entry(counterparty_account="138****8000"),  # a masked value names nobody
        entry(counterparty="张*"),
        entry(counterparty="王"),
    ],
)
def test_what_names_no_buyer_is_no_transfer_to_one(entry_):
    assert flows(tables(entry_), ["1001", "1003"]).empty


def test_a_refund_of_the_order_and_one_of_the_list():
    refunds = [
        {"order_id": "1001", "refund_amount": "7", "state": "done", "finished_at": "2026-01-09"},
        {"order_id": "1001", "refund_amount": "9", "state": "refused", "finished_at": None},
    ]
    found = flows(tables(refunds=refunds), ALL)
    assert told_of(found) == [("1001", "refund", "7"), ("1002", "refund", "5")]
    assert found["at"].tolist()[0] == pd.Timestamp("2026-01-09")


def test_a_refund_that_stands_in_both_lists_is_one():
    paid = entry(order_id="1002", amount="5", memo="退款")
    other = entry(order_id="1002", amount="5", memo="好评返现")
    assert told_of(flows(tables(paid), ALL)) == [("1002", "refund", "5")]
    # Five more to the same buyer are five more.
    assert told_of(flows(tables(paid, other), ALL)) == [
        ("1002", "transfer", "5"),
        ("1002", "refund", "5"),
    ]


def test_one_transfer_to_the_buyer_of_several_orders_is_one_sum():
    shared = ORDERS.assign(buyer_account="acc_a")
    found = flows(tables(entry(counterparty_account="acc_a"), orders=shared), ["1001", "1003"])
    assert found[["order_id", "orders"]].to_numpy().tolist() == [["1001", ("1001", "1003")]]
    verdict = money_explained(["1001", "1003"], found, BOTH, NOTHING)
    assert (len(verdict.questions), list(verdict.orders)) == (1, ["1001", "1003"])


def test_two_equal_sums_are_two_with_names_that_stay():
    twice = flows(tables(entry(order_id="1001"), entry(order_id="1001")), ALL)
    keys = twice.loc[twice["order_id"] == "1001", "key"].tolist()
    assert len(set(keys)) == 2
    once = flows(tables(entry(order_id="1001")), ALL)
    assert once.loc[once["order_id"] == "1001", "key"].tolist()[0] in keys


def test_what_the_data_cannot_tell_is_said():
    assert flows_known(tables()) == {"refunds": True, "transfers": False}
    bare = tables(entry(), orders=ORDERS.drop(columns="refund_amount"))
    assert flows_known(bare) == {"refunds": False, "transfers": True}


BOTH = {"refunds": True, "transfers": True}


def test_every_sum_is_asked_by_itself_and_fails_until_then():
    found = flows(tables(entry(order_id="1001")), ALL)
    verdict = money_explained(ALL, found, BOTH, NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["1001", "1002"])
    assert told(verdict) == "Refunds: 1; transfers to buyers: 1; explained: 0 of 2."
    assert [one for _, one in asked(verdict)] == ["1001", "1002"]
    first, second = verdict.questions
    assert first.ask(EN) == (
        "Order 1001: 20.00 were transferred to its buyer or consignee on 2026-01-05. Why?"
    )
    assert "on a day that is not known" in second.ask(EN)
    part = money_explained(ALL, found, BOTH, known((first, "yes", "postage, ticket 3")))
    assert (part.state, list(part.orders)) == ("failed", ["1002"])
    both = known((first, "yes", "postage"), (second, "yes", "broken cup"))
    assert money_explained(ALL, found, BOTH, both).state == "passed"


def test_a_sum_that_cannot_be_explained_is_no_matter_of_wording():
    found = flows(tables(entry(order_id="1001")), ["1001"])
    question = money_explained(["1001"], found, BOTH, NOTHING).questions[0]
    verdict = money_explained(["1001"], found, BOTH, known((question, "no", "")))
    assert verdict.state == "failed"
    assert "cannot be explained: 1." in told(verdict)


def test_payments_that_are_not_loaded_are_asked_about():
    nothing = flows(tables(), ["1001"])
    verdict = money_explained(["1001"], nothing, {"refunds": True, "transfers": False}, NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.7.transfers", "")])
    given = known((verdict.questions[0], "yes", "bank statement looked through"))
    told_by = {"refunds": True, "transfers": False}
    assert money_explained(["1001"], nothing, told_by, given).state == "passed"


def test_nothing_sent_back_passes_and_nothing_defended_does_not():
    nothing = flows(tables(entry()), ["1001"])
    assert money_explained(["1001"], nothing, BOTH, NOTHING).state == "passed"
    assert money_explained([], nothing, BOTH, NOTHING).state == "needs_answer"
