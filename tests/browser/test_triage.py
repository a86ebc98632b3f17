"""A hundred orders decided in notebook 3 without touching the mouse, in a real browser."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from voila_here import visit

from workbench.case import Case, conflicts, decide, decisions, events, notes, verify_chain
from workbench.commands import open_tables
from workbench.explain import read_assessment
from workbench.widgets.triage_queue import flagged_orders

pytestmark = pytest.mark.browser
log = logging.getLogger(__name__)
SECONDS = 120_000
ORDERS = 100
REASONS = {"d": "The scans show delivery.", "c": "It was arranged.", "h": "Ask the carrier."}
NAMES = {"d": "defend", "c": "concede", "h": "hold"}


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(SECONDS)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    visit(page, address)
    page.locator(".wb-triage-stage").wait_for()
    yield page
    page.close()
    assert wrong == []


class Hands:
    """Ten fingers: presses keys, counts them, and looks at what the page shows."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def order(self) -> str:
        return str(self.page.locator(".wb-triage").get_attribute("data-order"))

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.className"))

    def wait_answer(self) -> str:
        said = self.page.locator(".wb-triage[aria-busy='false'] .wb-triage-said:not(:empty)")
        said.wait_for()
        return str(said.text_content())

    def wait_said(self, text: str) -> None:
        self.page.locator(".wb-triage-said", has_text=text).wait_for()

    def wait_other(self, order: str) -> None:
        self.page.wait_for_function(
            "order => { const t = document.querySelector('.wb-triage');"
            " return t.dataset.order !== order && t.getAttribute('aria-busy') === 'false' }",
            arg=order,
        )


def test_a_hundred_orders_by_keyboard_alone(window: Page, sample_copy: Case):
    queue = flagged_orders(read_assessment(sample_copy.results_dir), open_tables(sample_copy))[
        :ORDERS
    ]
    hands = Hands(window)
    window.get_by_label("Go through").focus()
    # The list is picked from by the first letters, as any list of a browser.
    hands.write("All")
    window.locator(".wb-triage-progress", has_text=" of 3").wait_for()
    hands.press("Tab")
    assert "wb-triage-who" in hands.focused()
    hands.write("Li")
    hands.press("Enter")
    assert "wb-triage-stage" in hands.focused()

    shown, choices, begun = [], [], time.monotonic()
    reasons_known: list[str] = []
    hands.pressed = 0
    for number in range(ORDERS):
        key = "dch"[number % 3]
        shown.append(hands.order())
        choices.append(key)
        hands.press(key)
        if key in reasons_known:
            hands.press("1")
        else:
            hands.write(REASONS[key])
            reasons_known.append(key)
        hands.press("Enter")
        hands.wait_other(shown[-1])
    seconds = time.monotonic() - begun
    log.info("%d orders, %.1f s, %.2f keys each", ORDERS, seconds, hands.pressed / ORDERS)

    assert shown == list(queue)
    found = events(sample_copy.database)
    assert found["kind"].tolist() == ["decision"] * ORDERS
    assert found["subject_id"].tolist() == shown
    assert set(found["who"]) == {"Li"}
    bodies = [json.loads(body) for body in found["body"]]
    assert bodies == [
        {
            "decision": NAMES[key],
            "reason": REASONS[key],
            "evidence": [],
            "order_ids": [order],
            "seen": "",
        }
        for key, order in zip(choices, shown, strict=True)
    ]
    assert verify_chain(sample_copy.database) == []
    assert hands.pressed / ORDERS < 5

    # A new kernel goes on where this one stopped.
    visit(window, window.url)
    window.locator(".wb-triage-stage").wait_for()
    window.get_by_label("Go through").select_option(index=1)
    window.locator(".wb-triage-progress", has_text=f"{ORDERS} of ").wait_for()
    assert hands.order() not in shown


def test_note_selection_batch_undo_and_conflict_by_keyboard(window: Page, sample_copy: Case):
    hands = Hands(window)
    window.locator(".wb-triage-stage").focus()
    first = hands.order()

    hands.press("?")
    window.locator(".wb-triage-help").wait_for()
    hands.press("Escape")

    # Without a name nothing is written; the name is asked for, and the key goes on from there.
    hands.press("n")
    hands.write("1 call to the carrier")
    hands.press("Enter")
    assert "Say who" in hands.wait_answer()
    assert "wb-triage-who" in hands.focused()
    assert events(sample_copy.database).empty
    hands.write("Li")
    hands.press("Enter", "Enter")
    hands.wait_said("Event 1: note on")
    assert notes(sample_copy)["text"].tolist() == ["1 call to the carrier"]
    assert hands.order() == first

    hands.press("x")
    hands.wait_said("Event 2:")
    hands.press("j")
    hands.wait_other(first)
    second = hands.order()
    hands.press("x")
    hands.wait_said("Event 3:")
    hands.press("b")
    assert window.locator(".wb-triage-bulk li").count() == 2
    hands.press("h")
    hands.write("Scans are missing.")
    hands.press("Enter")
    hands.wait_said("Events 4–5: 2 orders, Hold.")
    standing = decisions(sample_copy)
    assert standing["subject_id"].tolist() == [first, second]
    assert standing["batch"].nunique() == 1

    hands.press("u", "1", "Enter")
    hands.wait_said("Event 6 took back")
    assert decisions(sample_copy).empty

    order = hands.order()
    decide(
        sample_copy,
        subject="order",
        subject_id=order,
        decision="concede",
        reason="<b>Staff</b> said so.",
        who="Wang",
    )
    hands.press("d")
    hands.write("The scans show delivery.")
    hands.press("Enter")
    conflict = window.locator(".wb-triage-trouble")
    conflict.get_by_text("<b>Staff</b> said so.").wait_for()
    assert decisions(sample_copy)["who"].tolist() == ["Wang"]
    assert window.locator(".wb-triage textarea").input_value() == "The scans show delivery."
    hands.press("Enter")
    hands.wait_said(f"Event 8: {order}, Defend.")
    assert decisions(sample_copy)["who"].tolist() == ["Li"]
    assert conflicts(sample_copy).empty

    # A second Enter at once, as of a key that sticks, and keys of the next decision: unheard.
    window.locator(f".wb-triage:not([data-order='{order}'])").wait_for()
    first = hands.order()
    hands.press("d")
    hands.write("The scans show delivery.")
    window.evaluate(
        """() => {
          const text = document.querySelector('.wb-triage textarea');
          for (const key of ['Enter', 'Enter', 'Escape', 'd', 'Enter'])
            text.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        }"""
    )
    hands.wait_other(first)
    assert decisions(sample_copy)["subject_id"].tolist() == [order, first]
    # Enter that ends the writing of a Chinese word is no confirmation.
    hands.press("d")
    window.locator(".wb-triage textarea").fill("物流")
    window.evaluate(
        """() => document.querySelector('.wb-triage textarea').dispatchEvent(
             new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, isComposing: true}))"""
    )
    hands.press("Escape")
    assert "wb-triage-stage" in hands.focused()
    assert len(events(sample_copy.database)) == 9
