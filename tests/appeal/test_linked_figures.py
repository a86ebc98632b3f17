"""Every figure in the letter leads to its rows."""

import re

import pytest
from invented_matter import SHA, Example

from appeal.told_letter import told_letter
from workbench.appeal.render.links import changed, pieces
from workbench.figures.recompute import numbers

# Words of the template, of the law, and what people wrote are no figures of the case.
_OTHERS = {"label", "header", "provisions", "lacking", "guard", "sources", "exhibits", "figures"}
_OTHERS |= {"footer", "language"}
# Numbers of orders, of parts and of records, and codes.
_NAMES = re.compile(r"1001|1002|1004|9999|part [34]|第四部分|record \d+|E\d\d|Order 116|，\d+ 行")


@pytest.fixture(scope="module", params=["zh", "en"])
def model(request: pytest.FixtureRequest, example: Example) -> dict:
    return told_letter(example, request.param)


def texts(model: dict) -> list[str]:
    found: list[str] = []
    changed(model, lambda text: found.append(text) or text)
    return found


def test_no_figure_stands_without_its_link(model: dict):
    for name in sorted(set(model) - _OTHERS):
        # Where a moment is written is itself a place: a file and a row in it.
        rows = model[name] if isinstance(model[name], list) else [model[name]]
        kept = [{**row, "where": ""} if isinstance(row, dict) else row for row in rows]
        for text in texts({"": kept}):
            plain = "".join(piece.text if not piece.link else "#" for piece in pieces(text))
            if name in ("timeline", "ladder", "checks", "concessions", "position"):
                plain = _NAMES.sub("", plain)
            left = [plain[a:b] for a, b in numbers(_NAMES.sub("", plain))]
            assert left == [], (name, text)


def test_every_link_to_a_figure_leads_to_its_row(model: dict):
    rows = {pieces(row["id"])[0].anchor: row for row in model["figures"]}
    told: dict[str, set[str]] = {}
    for text in texts(model):
        for piece in pieces(text):
            if re.fullmatch(r"N\d+", piece.link):
                told.setdefault(piece.link, set()).add(piece.text)
    assert set(told) == set(rows)
    for figure, shown in told.items():
        assert shown == {"".join(piece.text for piece in pieces(rows[figure]["value"]))}


def test_rows_lead_to_the_hash_of_the_file_and_are_written_once(model: dict):
    sources = {pieces(row["id"])[0].anchor: row for row in model["sources"]}
    assert sources["S1"]["sha256"] == SHA
    places = {piece.anchor for text in texts(model) for piece in pieces(text) if piece.anchor}
    for row in model["figures"]:
        for piece in pieces(row["rows"]):
            assert not piece.link or piece.link in places
    names = ("已作决定的订单：申辩", "orders decided: Defend")
    defended = next(row for row in model["figures"] if row["name"] in names)
    assert "".join(piece.text for piece in pieces(defended["rows"])) == "S1 orders: 2"


def test_counts_are_those_of_the_rows(model: dict):
    shown = {row["name"]: "".join(p.text for p in pieces(row["value"])) for row in model["figures"]}
    in_english = {
        "orders at issue": "4",
        "orders at issue that the notice names": "4",
        "orders decided: Defend": "1",
        "orders decided: Concede": "1",
        "orders decided: Hold": "1",
        "orders not yet decided": "1",
        "further orders that the screening marks": "1",
        "whole days left to appeal": "2",
    }
    if model["language"] == "en":
        assert {name: shown[name] for name in in_english} == in_english
