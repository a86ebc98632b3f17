import json

import pandas as pd
import pytest

from workbench.case import (
    Case,
    add_note,
    attach,
    conflicts,
    decide,
    decisions,
    events,
    notes,
    tags,
    undo,
    verify_chain,
)
from workbench.case.selections import group_query, save_selection
from workbench.engine import connect
from workbench.explain import read_assessment
from workbench.load import load_files
from workbench.tables import read_tables
from workbench.widgets import Triage

from .conftest import HOSTILE, Shop

MEMBERS = ["o1", "o2", "o3"]


class Page:
    """What a browser would do: send a key for the order it shows, and take the answer."""

    def __init__(self, triage: Triage, who: str = "Li") -> None:
        self.triage, self.who, self.answers, self.turn = triage, who, [], 0
        triage.board.send = lambda content, *rest, **more: self.answers.append(content)

    def press(self, act: str, **message) -> dict:
        self.turn += 1
        told = {"act": act, "who": self.who, "order": self.card["order"], "view": "v"}
        content = {**told, "turn": self.turn, **message}
        self.triage.board._handle_custom_msg(content, [])
        assert len(self.answers) == self.turn, "every key has one answer"
        return self.answers[-1]

    def decide(self, decision: str = "defend", text: str = "Scans show it.", **more) -> dict:
        return self.press("decide", decision=decision, text=text, **more)

    @property
    def card(self) -> dict:
        return self.triage.board.card


@pytest.fixture
def triage(shop: Shop) -> Triage:
    made = Triage(shop.case, shop.assessment, shop.tables)
    made.group_id = "G-aaaaaaaa"
    return made


@pytest.fixture
def page(triage: Triage) -> Page:
    return Page(triage)


def bodies(case: Case) -> list[dict]:
    return [json.loads(body) for body in events(case.database)["body"]]


def test_a_decision_is_an_event_before_the_next_order_shows(page: Page, shop: Shop):
    assert page.card["title"] == "1 of 3 · o1"
    answer = page.decide()
    assert (answer["said"], answer["close"], answer["wrote"]) == (
        "Event 1: o1, Defend.",
        True,
        True,
    )
    assert page.card["title"] == "2 of 3 · o2"
    assert page.card["progress"] == "1 of 3 decided"
    row = decisions(shop.case).iloc[0]
    assert (row.subject, row.subject_id, row.decision) == ("order", "o1", "defend")
    assert (row.who, row.reason) == ("Li", "Scans show it.")
    assert bodies(shop.case)[0]["seen"] == ""
    assert (page.triage.saved, page.triage.undone) == (1, 0)


def test_it_goes_on_with_the_first_undecided_order(page: Page, shop: Shop):
    page.press("move", by=1)
    page.decide()
    assert page.card["order"] == "o3"
    page.decide("concede")
    assert page.card["order"] == "o1"
    again = Triage(shop.case, shop.assessment, shop.tables)
    again.group_id = "G-aaaaaaaa"
    assert again.order_id == "o1"
    assert again.board.card["progress"] == "2 of 3 decided"
    page.decide("hold")
    assert page.card["progress"] == "3 of 3 decided"
    assert page.card["title"] == "1 of 3 · o1 · Hold"


def test_walking_goes_round_and_writes_nothing(page: Page, shop: Shop):
    seen = [page.press("move", by=by) and page.card["order"] for by in (1, 1, 1, -1, -1)]
    assert seen == ["o2", "o3", "o1", "o3", "o2"]
    assert events(shop.case.database).empty
    assert page.triage.saved == 0


@pytest.mark.parametrize(
    ("message", "who", "said", "ask"),
    [
        ({"text": "  "}, "Li", "Give a reason, in one sentence", ""),
        ({"text": "r"}, "", "Say who decides", "who"),
    ],
)
def test_what_is_missing_is_asked_for(page: Page, shop: Shop, message, who, said, ask):
    page.who = who
    answer = page.press("decide", decision="defend", **message)
    assert (answer["said"], answer["ask"]) == (said, ask)
    assert (answer["close"], answer["wrote"]) == (False, False)
    assert page.card["order"] == "o1"
    assert events(shop.case.database).empty


def test_what_the_case_refuses_is_told(page: Page, shop: Shop):
    answer = page.decide("perhaps")
    assert answer["said"] == "Nothing was written."
    assert "Unknown decision" in answer["trouble"]
    assert not answer["close"]


def test_a_decision_that_came_meanwhile_is_shown_and_not_overwritten(page: Page, shop: Shop):
    given = {"subject": "order", "subject_id": "o1", "decision": "concede"}
    decide(shop.case, **given, reason=f"Staff said so {HOSTILE}", who="Wang")
    answer = page.decide()
    assert (answer["close"], answer["wrote"]) == (False, False)
    assert "Not saved: somebody has decided meanwhile." in answer["trouble"]
    assert "Wang · Concede" in answer["trouble"]
    assert "&lt;script&gt;" in answer["trouble"]
    assert HOSTILE not in answer["trouble"] + page.card["html"]
    assert len(events(shop.case.database)) == 1
    assert page.card["order"] == "o1"
    assert "Wang · Concede" in page.card["html"]
    assert page.decide()["wrote"]
    assert bodies(shop.case)[1]["seen"] == events(shop.case.database)["hash"][0]
    assert conflicts(shop.case).empty


def test_a_group_s_decision_is_what_stands_for_its_orders(page: Page, shop: Shop):
    decide(
        shop.case,
        subject="group",
        subject_id="G-aaaaaaaa",
        decision="hold",
        reason="asked",
        who="Wang",
    )
    assert "Hold (group G-aaaaaaaa)" in page.decide()["trouble"]
    assert page.decide()["wrote"]
    assert page.card["progress"] == "3 of 3 decided"


def test_a_conflict_of_merged_copies_shows_on_the_card_until_it_is_settled(page: Page, shop: Shop):
    for who, decision in (("Li", "defend"), ("Wang", "concede")):
        given = {"subject": "order", "subject_id": "o1", "decision": decision}
        decide(shop.case, **given, reason="r", who=who)
    page.triage.refresh()
    assert "Two decisions stand against each other" in page.card["html"]
    page.decide("concede")
    page.press("move", by=-1)
    assert page.card["order"] == "o1"
    assert "Two decisions" not in page.card["html"]


def test_a_key_for_an_order_that_is_not_on_the_screen_does_nothing(page: Page, shop: Shop):
    answer = page.decide(order="o2")
    assert answer["said"] == "Another order is on the screen now."
    assert events(shop.case.database).empty


def test_a_note_stays_with_the_order(page: Page, shop: Shop):
    assert page.press("note", text="")["said"] == "The note is empty."
    assert page.press("note", text=f"Called {HOSTILE}")["said"] == "Event 1: note on o1."
    assert page.card["order"] == "o1"
    assert "Called &lt;script&gt;" in page.card["html"]
    assert notes(shop.case)["subject_id"].tolist() == ["o1"]


def test_a_selection_lives_in_the_case_and_is_decided_as_one_batch(page: Page, shop: Shop):
    assert page.press("bulk", decision="hold", text="r")["said"].startswith("No order is selected")
    page.press("mark")
    page.press("move", by=2)
    assert page.press("mark")["said"] == "Event 2: o3 selected."
    assert tags(shop.case)["tag"].tolist() == ["☑ Li", "☑ Li"]
    again = Triage(shop.case, shop.assessment, shop.tables)
    again.who = "Li"
    assert again.board.bulk["title"] == "2 orders selected."
    assert again.board.bulk["lines"] == ["o1: Not decided yet", "o3: Not decided yet"]
    again.who = "Wang"
    assert again.board.bulk["lines"] == []

    answer = page.press("bulk", decision="hold", text="Scans are missing.")
    assert answer["said"] == "Events 3–4: 2 orders, Hold."
    found = decisions(shop.case)
    assert found["subject_id"].tolist() == ["o1", "o3"]
    assert found["batch"].nunique() == 1
    assert page.card["order"] == "o2"
    assert page.triage.board.bulk["lines"] == []


def test_a_batch_is_refused_as_a_whole_when_one_was_decided_meanwhile(page: Page, shop: Shop):
    page.press("mark")
    page.press("move", by=1)
    page.press("mark")
    given = {"subject": "order", "subject_id": "o1", "decision": "concede"}
    decide(shop.case, **given, reason="r", who="Wang")
    answer = page.press("bulk", decision="defend", text="Scans show it.")
    assert "Wang · Concede" in answer["trouble"]
    assert decisions(shop.case)["who"].tolist() == ["Wang"]
    assert "Wang · Concede" in page.triage.board.bulk["lines"][0]
    page.press("bulk", decision="defend", text="Scans show it.")
    assert decisions(shop.case)["decision"].tolist() == ["defend", "defend"]


def test_selecting_twice_takes_out_and_a_decided_one_can_be_selected_anew(page: Page, shop: Shop):
    page.press("mark")
    assert page.press("mark")["said"] == "Event 2: o1 taken out."
    assert page.triage.board.bulk["lines"] == []
    page.press("mark")
    page.press("bulk", decision="hold", text="r")
    page.press("move", by=-1)
    assert page.card["order"] == "o1"
    page.press("mark")
    assert page.triage.board.bulk["title"] == "1 order selected."


def test_undo_takes_back_one_s_own_last_act_and_shows_that_order(page: Page, shop: Shop):
    assert page.press("undo", last=0, text="")["said"] == "There is nothing of yours to take back."
    page.decide()
    decide(shop.case, subject="order", subject_id="o3", decision="hold", reason="r", who="Wang")
    page.triage.refresh()
    assert page.triage.board.last == {"seq": 1, "text": "Event 1: Defend, o1"}
    assert page.triage.board.reasons["undo"] == ["I pressed the wrong key."]
    answer = page.press("undo", last=1, text="wrong key")
    assert answer["said"] == "Event 3 took back: Event 1: Defend, o1."
    assert page.card["order"] == "o1"
    assert decisions(shop.case)["who"].tolist() == ["Wang"]
    assert page.triage.undone == 1
    assert "(taken back)" in page.card["html"]


def test_undo_takes_back_a_batch_and_only_what_was_asked_about(page: Page, shop: Shop):
    page.press("mark")
    page.press("move", by=1)
    page.press("mark")
    page.press("bulk", decision="concede", text="r")
    assert page.triage.board.last["text"] == "Events 3–4: Concede, 2 orders"
    add_note(shop.case, "from elsewhere", who="Li")
    page.triage.refresh()
    answer = page.press("undo", last=4, text="wrong")
    assert "Something newer stands now" in answer["said"]
    page.press("undo", last=page.triage.board.last["seq"], text="wrong")
    page.press("undo", last=page.triage.board.last["seq"], text="wrong")
    assert decisions(shop.case).empty
    assert page.triage.board.bulk["title"] == "2 orders selected."
    assert verify_chain(shop.case.database) == []


def test_reasons_come_back_under_the_same_key(page: Page, shop: Shop):
    for text in ("first", "second", "first"):
        page.decide(text=text)
    page.decide("concede", text="other")
    reasons = page.triage.board.reasons
    assert reasons["defend"] == ["first", "second"]
    assert reasons["concede"] == ["other"]
    assert reasons["hold"] == []


def test_nine_reasons_at_most_the_last_ones(shop: Shop):
    for number in range(11):
        given = {"subject": "order", "subject_id": "o1", "decision": "hold", "who": "Li"}
        decide(shop.case, **given, reason=f"r{number}")
    triage = Triage(shop.case, shop.assessment, shop.tables)
    assert triage.board.reasons["hold"] == [f"r{number}" for number in range(2, 11)]


def test_a_name_typed_in_the_page_is_everywhere(page: Page):
    page.who = "Chen"
    page.press("move", by=1)
    assert page.triage.who == page.triage.board.who == "Chen"


def test_the_flagged_orders_are_those_named_or_not_cleared(shop: Shop):
    orders = shop.assessment.orders
    orders.loc[orders["order_id"].isin(["o5", "o7"]), "assessment"] = "evidence"
    triage = Triage(shop.case, shop.assessment, shop.tables)
    assert triage.choice.value == "flagged"
    # In the order of the groups of the assessment; o2 is named by the notice.
    assert triage.queue.order_ids == ("o7", "o5", "o2")


def test_a_list_of_one_s_own_and_a_kept_selection_can_be_gone_through(triage: Triage, shop: Shop):
    triage.offer("returned", ["o8", "o4", "o8"])
    assert triage.board.card["title"] == "1 of 2 · o8"
    save_selection(shop.case, "second group", group_query("G-bbbbbbbb"), who="Li")
    triage.refresh_choice()
    assert triage.choice.value == "returned"
    triage.choice.value = "selection second group"
    assert triage.queue.order_ids == ("o4", "o5")


def test_a_selection_that_cannot_be_run_says_why(triage: Triage, shop: Shop):
    save_selection(shop.case, "by carrier", {"column": "carrier", "is": "SF"}, who="Li")
    triage.refresh_choice()
    triage.choice.value = "selection by carrier"
    assert triage.order_id == ""
    assert "carrier" in triage.board.card["title"]


def test_another_group_begins_with_its_own_orders(triage: Triage):
    triage.group_id = "G-bbbbbbbb"
    assert triage.board.card["title"] == "1 of 2 · o4"
    assert (triage.choice.index, triage.choice.label) == (0, "Group G-bbbbbbbb (2 orders)")
    triage.choice.value = "flagged"
    triage.group_id = "G-aaaaaaaa"
    assert (triage.choice.value, triage.choice.index) == ("flagged", 1)
    triage.choice.index = 0  # what a browser sends
    assert triage.board.card["title"] == "1 of 3 · o1"


def test_the_card_tells_both_sides_evidence_and_what_was_said(shop: Shop, tmp_path):
    rows = [
        ("c1", "o1", "b1", "buyer", "今天的任务单拍了吗"),
        ("c1", "o1", "b1", "seller", f"好的 {HOSTILE}"),
        ("c2", "o1", "b1", "buyer", "怎么安装，没有说明书"),
    ]
    names = ["conversation_id", "order_id", "buyer_id", "speaker", "text"]
    frame = pd.DataFrame(rows, columns=names).assign(sent_at="2025-03-01 10:05:00")
    frame.to_csv(tmp_path / "messages.csv", index=False)
    load_files(
        [tmp_path / "messages.csv"],
        tables_dir=shop.case.tables_dir,
        sources_dir=shop.case.sources_dir,
        zone=shop.case.zone,
        currency=shop.case.currency,
    )
    attach(shop.case, b"scan", "a.pdf", subject="order", subject_id="o1", code="E01", who="w")
    triage = Triage(shop.case, shop.assessment, read_tables(connect(), shop.case.tables_dir))
    triage.group_id = "G-aaaaaaaa"
    html = triage.board.card["html"]
    assert "All parcels were signed for." in html
    assert "No campaign &lt;script&gt;" in html
    assert "<mark>今天的任务单拍了吗</mark>" in html
    assert "arranged orders" in html
    assert "genuine need (for the shop)" in html
    assert "Chats and memos: 3 lines, 2 with words of note" in html
    assert "Evidence: weak; 1 files" in html
    assert "杭州市文三路18号3栋502室" in html
    assert HOSTILE not in html


def test_the_evidence_is_weighed_anew_when_some_came(page: Page, shop: Shop):
    assert "Evidence: no evidence" in page.card["html"]
    attach(shop.case, b"scan", "a.pdf", subject="order", subject_id="o1", code="E01", who="w")
    page.triage.refresh()
    assert "Evidence: weak; 1 files" in page.card["html"]


def test_an_order_that_only_a_notice_names(triage: Triage):
    triage.offer("never loaded", ["o99"])
    assert "No line of this order was loaded." in triage.board.card["html"]


def test_without_orders_there_is_nothing_to_press(triage: Triage, shop: Shop):
    triage.offer("none", [])
    page = Page(triage)
    assert page.card["order"] == ""
    assert page.card["title"] == "There is no order here."
    assert not page.decide()["wrote"]
    assert events(shop.case.database).empty
    assert triage.told().splitlines()[0] == "none: 0 of 0 decided"


def test_the_text_twin_has_no_time(page: Page):
    page.decide()
    page.press("move", by=-1)
    assert page.triage._repr_mimebundle_()["text/plain"].splitlines() == [
        "Group G-aaaaaaaa: 1 of 3 decided",
        "→ o1 · Defend",
        "1 for it, 1 against it, 1 that the data cannot tell",
        "d Defend · c Concede · h Hold",
    ]


def test_every_key_is_answered_even_when_something_breaks(page: Page, monkeypatch):
    def broken(*given):
        raise RuntimeError("broken")

    monkeypatch.setattr("workbench.widgets.triage.read_state", broken)
    with pytest.raises(RuntimeError):
        page.triage.board._pressed(page.triage.board, {"act": "move", "turn": 7, "view": "v"}, [])
    assert page.answers[-1]["turn"] == 7
    assert not page.answers[-1]["close"]


def test_chinese(shop: Shop):
    triage = Triage(shop.case, shop.assessment, shop.tables, "zh")
    triage.group_id = "G-aaaaaaaa"
    page = Page(triage)
    assert page.card["title"] == "第 1 / 3 笔 · o1"
    assert page.decide()["said"] == "事件 1：o1，申辩。"


def test_a_new_widget_on_a_case_read_from_disk_goes_on(page: Page, shop: Shop):
    page.decide()
    undo(shop.case, [1], who="Wang", reason="asked Li")
    again = Triage(shop.case, read_assessment(shop.case.results_dir), shop.tables)
    again.group_id = "G-aaaaaaaa"
    assert again.order_id == "o1"
