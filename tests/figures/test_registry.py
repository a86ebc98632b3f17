import pandas as pd
import pytest

from workbench.errors import BadInput
from workbench.figures import Figures, Ledger, segments, unmarked
from workbench.figures.ledger import cell_text, said_id

SAID = "31 of 40 orders (usual here: 3 %)."


@pytest.fixture
def figures() -> Figures:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "decision": ["defend", "", "defend"],
            "paid": ["9.90", "0.10", "5.00"],
            "source_file": ["aa", "aa", "bb"],
            "source_row": [2, 3, 2],
        }
    )
    said = pd.DataFrame(
        {
            "id": [said_id(SAID)] * 2,
            "group_id": ["G-1", "G-2"],
            "kind": ["sentence", "courier"],
            "language": ["en", "en"],
            "text": [SAID] * 2,
        }
    )
    results = pd.DataFrame({"order_id": ["1", "2"], "group_id": ["G-1", "G-1"]})
    frames = {"case/orders": orders, "results/said": said, "results/orders": lambda: results}
    return Figures(Ledger(frames, {}))


def test_one_operation_is_one_figure_in_both_languages(figures: Figures) -> None:
    where = [("decision", "=", "defend")]
    first = figures.add({"zh": "申辩", "en": "defended"}, 2, "case/orders", where)
    again = figures.add("anything", "2", "case/orders", where)
    other = figures.add("all", 3, "case/orders")
    assert (first, again, other) == ("N01", "N01", "N02")
    assert segments(figures.text(first))[0].text == "2"
    assert [one.name["zh"] for one in figures.all()] == ["申辩", "all"]
    assert [one.id for one in figures.all({"N02"})] == ["N02"]


def test_a_figure_that_its_rows_do_not_give_is_refused(figures: Figures) -> None:
    with pytest.raises(BadInput, match="told as 4, and its rows give 3"):
        figures.add("all", 4, "case/orders")
    assert figures.all() == []
    assert figures.add("all", 3, "case/orders") == "N01"
    with pytest.raises(BadInput, match="told as 4, and its rows give 3"):
        figures.add("all", 4, "case/orders")
    with pytest.raises(BadInput, match="no column"):
        figures.add("x", 1, "case/orders", [("nowhere", "=", "1")])
    with pytest.raises(BadInput, match="no table"):
        figures.add("x", 1, "case/nothing")


def test_money_is_counted_in_decimals(figures: Figures) -> None:
    figures.add("paid", 15, "case/orders", aggregate="sum", column="paid", form="money")
    assert figures.all()[0].value == "15.00"


def test_every_figure_of_a_sentence_is_marked(figures: Figures) -> None:
    told = figures.sentence(SAID, "G-1")
    assert unmarked(told) == SAID
    assert [piece.text for piece in segments(told) if piece.figure] == ["31", "40", "3 %"]
    assert figures.sentence("nothing to count") == "nothing to count"
    with pytest.raises(BadInput, match="not one of the screening"):
        figures.sentence("32 of 40 orders", "G-1")
    with pytest.raises(BadInput, match="not one of the screening"):
        figures.sentence(SAID, "G-9")


def test_figures_lead_to_the_rows_of_the_files(figures: Figures) -> None:
    figures.add("defended", 2, "case/orders", [("decision", "=", "defend")])
    frame = figures.frame("en")
    assert frame.rows.tolist() == ["orders aa, rows 2\norders bb, rows 2"]
    assert frame.sources[0][1] == {"table": "orders", "source_file": "bb", "rows": "2"}
    assert frame.how.tolist() == ["Rows of reproduce/case/orders with decision = defend"]
    assert "符合 decision = defend" in figures.frame("zh").how[0]


def test_cells_are_told_as_anybody_would_write_them() -> None:
    cells = [True, None, float("nan"), 2.0, 0.25, pd.Timestamp("2026-01-05 09:00"), ["a"], "x"]
    assert list(map(cell_text, cells)) == [
        "yes", "", "", "2", "0.25", "2026-01-05T09:00:00", '["a"]', "x",
    ]  # fmt: skip
