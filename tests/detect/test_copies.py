"""Copied chats and copied reviews, on shops worked out by hand."""

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of, review_of
from tests.detect.proof_shop import RING, looked_at
from tests.detect.text_shop import chats, reviews, shop, words
from workbench.detect import copied_chats, copied_reviews
from workbench.detect.copies import as_texts

LINE = "老板这款桌布下单备注颜色就可以了对吧"
PRAISE = "宝贝收到了非常满意物流很快包装精美孩子很喜欢"


def own_lines(orders: pd.DataFrame, line: str) -> pd.DataFrame:
    """Everybody says something of his own, the ring one line."""
    told = chats(orders, [("buyer", line)])
    own = pd.Series([words(n) for n in range(len(told))])
    return told.assign(text=told.text.where(told.order_id.isin(RING), own))


def test_one_line_of_six_buyers(engine: BaseBackend) -> None:
    orders = shop()
    frames = {"orders": orders, "messages": own_lines(orders, LINE)}
    found = looked_at(engine, frames, copied_chats.DETECTOR)
    assert set(found.rows.order_id) == RING
    facts = facts_of(found)[0]
    assert (facts["flagged"], facts["known"], facts["copied_by"]) == (6, 6, 6)
    assert facts["length"] == len(LINE)
    # None of the 400 other lines, which are longer, is a copy.
    assert facts["p1"] == pytest.approx(1 / 402, rel=1e-4)
    # None of the 200 other lines about item A, drawn to 6 of 206 by 20 of them; six in a row,
    # 406 lines, two shares.
    rate = 20 * 6 / 206 / 220
    assert found.rows.p_value.iloc[0] == pytest.approx((rate / 0.5) ** 6 * 406 * 2, rel=1e-4)


def test_courtesy_is_short(engine: BaseBackend) -> None:
    orders = shop()
    frames = {"orders": orders, "messages": own_lines(orders, "好的好的好的好的谢谢")}
    assert looked_at(engine, frames, copied_chats.DETECTOR).rows.empty


def test_where_many_say_the_same_nobody_is_odd(engine: BaseBackend) -> None:
    orders = shop()
    told = chats(orders, [("buyer", LINE)], usual="请问今天下单的话什么时候可以发货呢")
    found = looked_at(engine, {"orders": orders, "messages": told}, copied_chats.DETECTOR)
    assert found.rows.empty
    assert review_of(found)["reviewed"] == 0


def test_a_question_asked_all_year_is_no_run(engine: BaseBackend) -> None:
    orders = shop()
    told = own_lines(orders, LINE)
    told.loc[told.index % 20 == 0, "text"] = LINE
    frames = {"orders": orders, "messages": told[~told.order_id.isin(RING)]}
    assert looked_at(engine, frames, copied_chats.DETECTOR).rows.empty


def test_one_review_of_six_buyers(engine: BaseBackend) -> None:
    orders = shop()
    frames = {"orders": orders, "reviews": reviews(orders, text=PRAISE)}
    found = looked_at(engine, frames, copied_reviews.DETECTOR)
    assert set(found.rows.order_id) == RING
    assert facts_of(found)[0]["kind"] == "words"


def test_one_picture_of_six_buyers(engine: BaseBackend) -> None:
    orders = shop()
    told = reviews(orders, image_hashes="p1;p2")
    found = looked_at(engine, {"orders": orders, "reviews": told}, copied_reviews.DETECTOR)
    assert set(found.rows.order_id) == RING
    assert facts_of(found)[0]["kind"] == "pictures"


def test_short_identical_praise_is_ordinary(engine: BaseBackend) -> None:
    orders = shop()
    frames = {"orders": orders, "reviews": reviews(orders, text="质量很好，很满意，下次还来")}
    assert looked_at(engine, frames, copied_reviews.DETECTOR).rows.empty


def test_a_repeated_character_is_a_short_text() -> None:
    rows = pd.DataFrame({"text": ["好" * 50, PRAISE]})
    assert as_texts(rows, 20).text.tolist() == [PRAISE]


def test_two_buyers_may_hit_on_the_same_words(engine: BaseBackend) -> None:
    orders = shop(buyer_id=lambda n: f"x{n % 2}")
    frames = {"orders": orders, "reviews": reviews(orders, text=PRAISE)}
    assert looked_at(engine, frames, copied_reviews.DETECTOR).rows.empty
