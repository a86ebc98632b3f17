import pytest

from workbench.case import attach
from workbench.widgets.order_proof import OrderProof

from .conftest import HOSTILE, Shop


@pytest.fixture
def proof(shop: Shop) -> OrderProof:
    made = OrderProof(shop.case, shop.assessment, shop.tables)
    made.group_id = "G-aaaaaaaa"
    return made


def give(shop: Shop, code: str, subject_id: str = "o2") -> None:
    subject = {"subject": "order", "subject_id": subject_id}
    attach(shop.case, code.encode(), f"{code}.pdf", **subject, code=code, who="Li")


def test_before_a_group_is_picked_nothing_is_asked(shop: Shop):
    made = OrderProof(shop.case, shop.assessment, shop.tables)
    assert made.told() == "No group is picked yet."
    assert made.ask.layout.display == "none"
    assert made.text.text == ""


def test_every_order_has_its_strength_and_what_it_lacks(proof: OrderProof, shop: Shop):
    assert proof.told().splitlines() == [
        "o1: no evidence (–) · E01 E02 E30",
        "o2: no evidence (–) · E01 E02 E30",
        "o3: no evidence (–) · E01 E02 E30",
    ]
    give(shop, "E01")
    give(shop, "E06")
    proof.refresh()
    assert proof.told().splitlines()[1] == "o2: sufficient (carrier; warehouse) · E02"
    assert "◕ sufficient 1 · ○ no evidence 2" in proof.table.value
    assert "Nothing has been given for it yet." in proof.table.value


def test_the_first_who_has_what_is_missing_is_picked(proof: OrderProof, shop: Shop):
    places = [ask for _, ask in proof.ask.options]
    assert places == ["carrier", "platform", "supplier", "institution", "own", "buyer"]
    assert proof.ask.options[0][0] == "carrier or parcel station: 2 papers missing"
    assert proof.ask.value == "carrier"
    give(shop, "E01", "o4")
    give(shop, "E02", "o4")
    give(shop, "E01", "o5")
    give(shop, "E02", "o5")
    fresh = OrderProof(shop.case, shop.assessment, shop.tables)
    fresh.group_id = "G-bbbbbbbb"
    assert fresh.ask.value == "platform"
    assert [ask for _, ask in fresh.ask.options] == places


def test_the_request_is_ready_in_both_languages(proof: OrderProof):
    assert "承运商完整物流轨迹" in proof.text.text
    assert proof.text.hint == "Complete before sending: " + " ".join(
        [
            "【快递公司（商家账号导出或盖章证明）; 快递公司（网点或分拨中心）】",
            "【运单号】",
            "【联系方式】",
        ]
    )
    proof.wording.value = "en"
    assert "The carrier's full scan log" in proof.text.text
    assert "【waybill numbers】" in proof.text.text


def test_each_buyer_has_a_request_of_its_own(proof: OrderProof):
    proof.ask.value = "buyer"
    assert [one.order_ids for one in proof.requests] == [("o1",), ("o2",), ("o3",)]
    assert len(proof.which.options) == 3
    proof.which.value = 1
    assert "订单号 o2，" in proof.text.text
    assert "我们不会为此给予任何好处" in proof.text.text


def test_another_group_shows_its_own(proof: OrderProof):
    proof.ask.value = "platform"
    proof.group_id = "G-bbbbbbbb"
    assert proof.ask.value == "platform"
    assert "o4" in proof.text.text
    assert "o1" not in proof.text.text
    assert proof.told().startswith("o4: ")


def test_titles_of_strangers_do_nothing(proof: OrderProof):
    proof.ask.value = "supplier"
    # The page shows it as text: it is the value of a text area.
    assert HOSTILE in proof.text.text
    assert HOSTILE not in proof.table.value


def test_the_words_are_of_the_language_asked_for(shop: Shop):
    made = OrderProof(shop.case, shop.assessment, shop.tables, "zh")
    made.group_id = "G-aaaaaaaa"
    assert made.told().splitlines()[0] == "o1: 尚无证据 (–) · E01 E02 E30"
    assert "尚未提交任何证据。" in made.table.value
