"""Chats and reviews: what is said, by whom and when."""

from __future__ import annotations

from workbench.simulate import Shop
from workbench.simulate.word_lists import words


def test_brushing_talk_is_only_in_rings(plain_shops: list[Shop]):
    lines = {line[3:] for script in words("talk")["brushing"] for line in script}
    found = 0
    for shop in plain_shops:
        said = shop.messages[shop.messages["text"].isin(lines)].merge(shop.truth, on="order_id")
        assert (said["fake"] == 1).all()
        found += len(said)
    assert found > 20


def test_refusals_are_honest(plain_shops: list[Shop]):
    said = plain_shops[0].messages
    assert said["text"].str.contains("我们不刷单|我们没有返现").any()


def test_chats_run_forward_and_have_two_speakers(plain_shops: list[Shop]):
    talk = plain_shops[0].messages
    assert set(talk["speaker"]) == {"buyer", "seller"}
    chats = talk.groupby("conversation_id")["sent_at"]
    assert chats.apply(lambda times: times.is_monotonic_increasing).all()
    assert (talk.groupby("conversation_id")["order_id"].nunique() == 1).all()


def test_reviews_follow_receipt_and_rings_repeat_themselves(plain_shops: list[Shop]):
    shop = plain_shops[0]
    first = shop.orders.drop_duplicates("order_id")
    known = shop.reviews.merge(first[["order_id", "completed_at"]], on="order_id")
    known = known.merge(shop.truth, on="order_id")
    assert (known["posted_at"] > known["completed_at"]).all()
    assert known["rating"].between(1, 5).all()
    openings = known["text"].str[:8]
    told = known["fake"] == 1
    assert openings[told].nunique() / told.sum() < openings[~told].nunique() / (~told).sum()
