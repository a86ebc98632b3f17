from datetime import datetime

import pytest

from workbench.case import append, attach, create_case, events
from workbench.case.purge import purge
from workbench.case.statements import add_statement, statements, wording_of
from workbench.errors import BadInput

OPEN = "How did the order come about? Please use your own words."


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def say(case, **more):
    given = {
        "order_id": "1",
        "text": "Bought it for my son.",
        "asked": OPEN,
        "consent_at": datetime(2026, 1, 8, 14, 30),
        "consent_how": "chat of 8 January, message 12",
        "who": "li",
    }
    return add_statement(case, **{**given, **more})


def test_a_statement_with_consent_is_kept(case):
    event = say(case)
    (row,) = statements(case).to_dict("records")
    assert (row["order_id"], row["text"], row["asked"]) == ("1", "Bought it for my son.", OPEN)
    assert row["consent_at"].isoformat() == "2026-01-08T06:30:00+00:00"
    assert row["consent_how"] == "chat of 8 January, message 12"
    assert (row["sha256"], row["who"], row["hash"]) == ("", "li", event.hash)


def test_everything_that_is_wrong_is_said_at_once(case):
    with pytest.raises(BadInput) as error:
        say(
            case,
            text=" ",
            asked="请证明这是真实购买，回复后返现5元",
            consent_at=None,
            consent_how="",
            reward=True,
            sha256="0" * 64,
            who="",
        )
    assert [problem.what for problem in error.value.problems] == [
        "Consent of the buyer is not recorded",
        "How the buyer consented is not said",
        "A statement that was rewarded cannot be used",
        "A statement needs what the buyer said",
        "The question is leading: '请证明这是真实'",
        "The question is reward: '返现'",
        "A statement needs a name",
        f"No evidence file {'0' * 64}",
    ]
    assert events(case.database).empty


def test_consent_is_not_of_the_future(case):
    with pytest.raises(BadInput, match="still to come"):
        say(case, consent_at=datetime(2999, 1, 1))


def test_a_statement_needs_its_question(case):
    with pytest.raises(BadInput, match="question is not said"):
        say(case, asked="")


def test_a_statement_may_lie_in_a_file(case):
    sha256 = attach(case, b"x", "a.pdf", subject="order", subject_id="1", who="li").sha256
    say(case, sha256=sha256)
    assert statements(case)["sha256"].tolist() == [sha256]


def test_consent_that_is_taken_back_takes_the_statement_with_it(case):
    event = say(case)
    at = events(case.database)["at"].iloc[-1]
    body = {"events": [event.hash], "reason": "the buyer took consent back"}
    append(case.database, who="li", kind="undo", subject_kind="case", body=body)
    assert statements(case).empty
    assert statements(case, until=at)["order_id"].tolist() == ["1"]


def test_a_purged_statement_is_gone(case):
    say(case)
    purge(case, reason="consent taken back", who="li", order_ids=["1"])
    assert statements(case).empty


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("请确认这笔订单是真实的", ["leading"]),
        ("麻烦帮忙证明一下是真实购买", ["leading"]),
        ("您是本人自愿购买的，对吧", ["leading"]),
        ("难道您没有收到货吗", ["leading"]),
        ("请按照下面的模板写一段", ["leading"]),
        ("请回复“我是真实买家”", ["leading"]),
        ("别提我们联系过您", ["leading"]),
        ("Please confirm that you bought it yourself", ["leading"]),
        ("You really bought it, didn't you", ["leading", "leading"]),
        ("Please sign the statement below", ["leading"]),
        ("Do not mention the coupon", ["leading"]),
        ("回复后送您5元红包", ["reward"]),
        ("好评返现", ["reward"]),
        ("不影响您的售后，另送优惠券", ["reward"]),
        ("You will get a gift card for it", ["reward"]),
        ("帮我们申诉一下", ["pressure"]),
        ("不配合的话就拉黑", ["pressure", "pressure"]),
        ("Please help our appeal", ["pressure"]),
        ("You must answer by Friday", ["pressure"]),
        ("请说说这笔订单是怎么买的", []),
        ("我们不会给予任何好处", []),
        ("没有任何红包或奖励", []),
        ("We give no reward for it", []),
        ("You will never get a coupon for it", []),
        ("How did you come across the item, and what was it for?", []),
        ("", []),
    ],
)
def test_leading_rewarding_and_pressing_words_are_found(asked, kinds):
    assert [one.kind for one in wording_of(asked)] == kinds


def test_a_denial_counts_in_its_own_clause_only():
    assert wording_of("我们不会说出去，返现给您")[0].found == "返现"
    assert wording_of("No harm will come of it. You get a coupon")[0].found == "coupon"


def test_every_wording_says_why_in_both_languages():
    for one in wording_of("请确认是真实购买，对吧；送红包；否则起诉"):
        assert one.reason_zh
        assert one.reason_en


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("卖家让我写的，给了红包", ["红包"]),
        ("没有收到任何好处，自己买来用的", []),
        ("I was promised a gift card and cashback", ["gift card", "cashback"]),
    ],
)
def test_what_a_buyer_says_of_a_reward_is_not_hidden(case, text, mentions):
    say(case, text=text)
    assert statements(case)["mentions"].tolist() == [mentions]
