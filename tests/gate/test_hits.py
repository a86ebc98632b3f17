import pandas as pd

from workbench.engine import connect
from workbench.gate.hits import hits, hits_read
from workbench.tables import memory_tables

from .saying import EN, NOTHING, asked, known, told


def tables(memos=None, messages=None):
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "created_at": pd.to_datetime(["2026-01-01"] * 3),
            "status": "completed",
            "paid_amount": "1",
        }
    )
    frames = {"orders": orders if memos is None else orders.assign(seller_memo=memos)}
    if messages:
        frames["messages"] = pd.DataFrame(messages, columns=["order_id", "speaker", "text"]).assign(
            sent_at=pd.Timestamp("2026-01-02"), conversation_id="c"
        )
    return memory_tables(connect(), frames)


CHATS = [
    ("1", "seller", "亲，好评返现5元"),
    ("2", "seller", "亲，好评 返现 ５元"),
    ("2", "buyer", "身高170穿几码"),
    ("3", "seller", "收到，今天发货"),
]


def test_the_same_words_are_one_hit_beside_all_their_orders():
    found = hits(tables(messages=CHATS), ["1", "2", "3"])
    assert found["orders"].tolist() == [("1", "2")]
    row = found.iloc[0]
    assert (row["speaker"], row["place"]) == ("seller", "chat")
    assert "cash_for_praise" in row["entries"]


def test_a_promise_of_the_shop_is_read_without_any_word_of_a_review():
    chats = [("1", "seller", "返现五元"), ("2", "buyer", "有返现吗"), ("3", "seller", "没有返现")]
    found = hits(tables(messages=chats), ["1", "2", "3"])
    assert found["orders"].tolist() == [("1",)]


def test_only_the_orders_asked_for_are_looked_at():
    assert hits(tables(messages=CHATS), ["3"]).empty
    assert hits(tables(messages=CHATS), ["1"])["orders"].tolist() == [("1",)]


def test_notes_are_read_too_and_what_is_denied_is_no_hit():
    found = hits(tables(memos=["刷单", "不刷单", None]), ["1", "2", "3"])
    assert found[["place", "orders"]].to_numpy().tolist() == [["note", ("1",)]]


def test_the_name_of_a_hit_is_the_same_in_a_later_export():
    first = hits(tables(messages=CHATS), ["1"])["key"].tolist()
    second = hits(tables(messages=[*CHATS, ("3", "buyer", "谢谢")]), ["1", "2"])["key"].tolist()
    assert first == second


def test_each_hit_is_read_or_holds_the_appeal_back():
    found = hits(tables(messages=CHATS), ["1", "2", "3"])
    verdict = hits_read(found, ["1"], NOTHING)
    assert (verdict.state, list(verdict.orders)) == ("failed", ["1", "2"])
    assert told(verdict).endswith("of which a person has read 0.")
    question = verdict.questions[0]
    assert "好评" in question.quote
    assert question.quote not in question.ask(EN)
    harmless = known((question, "yes", "it is the platform's own campaign"))
    assert hits_read(found, ["1"], harmless).state == "passed"


def test_a_hit_that_is_true_of_a_defended_order_fails_and_of_a_conceded_one_does_not():
    found = hits(tables(messages=CHATS), ["1", "2", "3"])
    true = known((hits_read(found, ["1"], NOTHING).questions[0], "no", "he did promise it"))
    verdict = hits_read(found, ["1"], true)
    assert verdict.state == "failed"
    assert "of orders that are defended: 1." in told(verdict)
    assert hits_read(found, ["3"], true).state == "passed"


def test_chats_that_are_not_loaded_are_asked_about():
    assert hits(tables(), ["1"]) is None
    verdict = hits_read(None, ["1"], NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.8", "")])
    assert hits_read(None, ["1"], known((verdict.questions[0], "yes", "by Li"))).state == "passed"


def test_chats_without_a_hit_pass():
    assert hits_read(hits(tables(messages=CHATS), ["3"]), ["3"], NOTHING).state == "passed"
