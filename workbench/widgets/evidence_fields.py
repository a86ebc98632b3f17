"""The fields in which a person says what a file is, where it comes from, what it speaks for."""

from __future__ import annotations

from typing import Any

import ipywidgets

from workbench.case.evidence import SYSTEMS as KNOWN
from workbench.element import tag
from workbench.explain import PAPERS
from workbench.language import Say
from workbench.proof import SYSTEMS, system_of
from workbench.widgets.markup import page

__all__ = ["EvidenceFields"]

_LABEL = {"description_width": "140px"}
_FIELD: dict[str, Any] = {"style": _LABEL, "layout": {"width": "98%", "max_width": "520px"}}
_PART = {"flex": "1 1 400px", "width": "auto", "margin": "0 12px 8px 0", "min_width": "0"}


class EvidenceFields(ipywidgets.HBox):
    """Two groups of fields that stand beside each other where there is room.

    What it is: `code`, `also` (further codes), `copy`. Where it comes from: `origin`,
    `supplier`, `captured_at`, `system`. `said` gives them as `attach` takes them.
    """

    def __init__(self, say: Say, language: str) -> None:
        self._say, self._language = say, language
        papers = [(f"{p.code} {getattr(p, language)}", p.code) for p in PAPERS.values()]
        self.code = ipywidgets.Dropdown(
            options=[(say("of another kind"), ""), *papers], description=say("Kind"), **_FIELD
        )
        self.limits = ipywidgets.HTML(layout={"margin": "0 0 0 150px"})
        self.also = ipywidgets.SelectMultiple(
            options=papers, description=say("It also shows"), rows=4, **_FIELD
        )
        self.copy = ipywidgets.Dropdown(
            options=[
                (say("not known"), "unknown"),
                (say("original: the file as its source made it"), "original"),
                (say("copy: a screenshot, a scan, a file saved anew"), "copy"),
            ],
            description=say("Original?"),
            **_FIELD,
        )
        self.origin = self._text(say("Origin"), say("Export of the carrier's account, camera 2 …"))
        self.supplier = self._text(say("Given by"), say("Who handed it over"))
        self.captured_at = self._text(say("Made on"), "2026-01-31 / 2026-01-31 09:00")
        self.system = ipywidgets.Dropdown(description=say("Source system"), **_FIELD)
        super().__init__(
            [
                self._part(say("What it is"), self.code, self.limits, self.also, self.copy),
                self._part(
                    say("Where it comes from"),
                    *(self.origin, self.supplier, self.captured_at, self.system),
                ),
            ],
            layout={"flex_flow": "row wrap", "width": "100%"},
        )
        self.code.observe(self._coded, "value")
        self._coded()

    def said(self) -> dict[str, Any]:
        """What the fields say, as keywords of `attach`."""
        codes = [self.code.value, *self.also.value]
        return {
            "codes": [code for code in dict.fromkeys(codes) if code],
            "copy": self.copy.value,
            "origin": self.origin.value,
            "supplier": self.supplier.value,
            "captured_at": self.captured_at.value,
            "system": self.system.value,
        }

    def clear(self) -> None:
        """Empty what is of one file only; nothing slips over to the next one unseen."""
        self.code.value, self.also.value, self.copy.value = "", (), "unknown"
        self.origin.value = self.supplier.value = self.captured_at.value = ""
        self.system.value = ""

    def _text(self, label: str, placeholder: str) -> ipywidgets.Text:
        return ipywidgets.Text(description=label, placeholder=placeholder, **_FIELD)

    def _part(self, heading: str, *fields: ipywidgets.Widget) -> ipywidgets.VBox:
        head = ipywidgets.HTML(page(tag("h4", heading)))
        return ipywidgets.VBox([head, *fields], layout=_PART)

    def _coded(self, change: object = None) -> None:
        """Another kind: what to mind of it, and the system that it comes out of unless said."""
        say, paper = self._say, PAPERS.get(self.code.value)
        limits = getattr(paper, f"limits_{self._language}", "")
        self.limits.value = page(tag("p", limits, class_="wb-quiet")) if limits else ""
        kept = self.system.value or ""
        usual = SYSTEMS.get(system_of([self.code.value]))
        first = (
            say("as its kind says: {system}", system=getattr(usual, self._language))
            if usual
            else say("not known")
        )
        named = [(getattr(SYSTEMS[name], self._language), name) for name in KNOWN]
        self.system.options = [(first, ""), *named]
        self.system.value = kept
