"""The part of the triage that lives in the page: one order, the keys, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.case import DECISIONS
from workbench.language import Say, decision_word

__all__ = ["Outcome", "TriageBoard"]


@dataclass(frozen=True)
class Outcome:
    """What became of a key: what to say, HTML of what stands in the way, the order to show next.

    `done` closes what the key had opened. Not done, the page lets the person go on with it; `ask`
    is "who" when it is the name that is missing. `wrote` says that something is in the case now.
    """

    said: str = ""
    trouble: str = ""
    done: bool = True
    wrote: bool = False
    order: str = ""
    ask: str = ""


class TriageBoard(anywidget.AnyWidget):
    """Shows `card` and hands every key on as {act, order, who, …}; it keeps nothing itself.

    The page waits for the answer before it hears another key, so that nobody decides an order
    that was not on the screen. `answered` counts the answers that were given.
    """

    _esm = Path(__file__).with_name("triage.js")
    _css = Path(__file__).with_name("triage.css")

    texts = traitlets.Dict().tag(sync=True)
    who = traitlets.Unicode("").tag(sync=True)
    card = traitlets.Dict().tag(sync=True)
    reasons = traitlets.Dict().tag(sync=True)
    bulk = traitlets.Dict().tag(sync=True)
    last = traitlets.Dict().tag(sync=True)
    answered = traitlets.Int(0)

    def __init__(self, say: Say, act: Callable[[Mapping[str, Any]], Outcome]) -> None:
        self._act = act
        super().__init__(texts=_texts(say), card={"order": ""})
        self.on_msg(self._pressed)

    def __repr__(self) -> str:
        return f"<triage of {self.card['order'] or 'no order'}>"

    def _pressed(self, widget: object, message: Mapping[str, Any], buffers: object) -> None:
        outcome = Outcome(said=str(self.texts["failed"]), done=False)
        try:
            outcome = self._act(message)
        finally:
            # Whatever happened, the page must not wait for ever.
            told: dict[str, Any] = {"said": outcome.said, "trouble": outcome.trouble}
            told |= {name: message.get(name) for name in ("view", "turn")}
            told |= {"close": outcome.done, "wrote": outcome.wrote, "ask": outcome.ask}
            self.send(told)
        self.answered += 1


def _texts(say: Say) -> dict[str, Any]:
    return {
        "title": say("Triage, order by order"),
        "who": say("Your name"),
        "stage": say("Order on the screen. Keys work here; press ? for help."),
        "keys_label": say("What can be done, with its key"),
        "keys": [
            ["ArrowRight", "→ j", say("next")],
            ["ArrowLeft", "← k", say("previous")],
            *([name[0], name[0], decision_word(say, name)] for name in DECISIONS),
            ["n", "n", say("note")],
            ["u", "u", say("undo")],
            ["x", "x", say("select")],
            ["b", "b", say("decide the selected")],
            ["?", "?", say("help")],
        ],
        "decisions": {name: decision_word(say, name) for name in DECISIONS},
        "ask": {
            "defend": say("Defend: why?"),
            "concede": say("Concede: why?"),
            "hold": say("Hold: what is missing?"),
            "note": say("Note"),
            "undo": say("Undo: why?"),
            "choose": say("Defend, concede or hold?"),
        },
        "placeholder": {
            "decide": say("In one sentence: why"),
            "bulk": say("In one sentence: why"),
            "note": say("What should be remembered of this order"),
            "undo": say("What was wrong"),
        },
        "confirm": say("1–9 picks a reason, Enter saves, Shift+Enter a new line, Esc goes back."),
        "slow": say("No answer yet. Nothing is saved until an event number shows here."),
        "failed": say("That could not be done. Nothing is saved until an event number shows here."),
        "help": [
            say("→ or j shows the next order, ← or k the one before."),
            say(
                "d defends, c concedes, h holds. Each asks for a reason: type it once, then pick "
                "it by its number and press Enter."
            ),
            say("n writes a note. u takes back what you did last; both stay readable."),
            say("x selects the order or takes it out again; b decides all selected ones at once."),
            say(
                "Everything is written to the case before the next order shows. Close the page "
                "whenever you like: the next time it goes on with the first undecided order."
            ),
        ],
    }
