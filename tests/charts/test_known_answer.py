"""The chart of the known-answer test: its rows counted by hand, both languages, nothing drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.charts import known_answer_chart, known_answer_data, known_answer_table
from workbench.known_answer import COLUMNS

KEYS = ["kind", "level", "state", "absent", "rings", "planted", "evidence", "marked"]
NAMES = {"shop": "", "seeds": 4, "false_evidence": 0, "false_marked": 1}


@pytest.fixture
def answers() -> pd.DataFrame:
    """Two shops: the burst is planted in both; only one has phones."""
    rows = [
        ("burst", "plain", "measured", "", 4, 100, 80, 90),
        ("burst", "plain", "measured", "", 2, 20, 0, 10),
        ("slow_phone", "plain", "measured", "", 4, 50, 0, 50),
        ("slow_phone", "plain", "not_visible", "orders.phone", 0, 0, 0, 0),
        ("money_back", "plain", "not_visible", "payments.amount", 0, 0, 0, 0),
    ]
    frame = pd.DataFrame(rows, columns=KEYS).assign(**NAMES)
    shares = dict.fromkeys(["recall", "recall_evidence", "low", "high"], float("nan"))
    return frame.assign(**shares)[list(COLUMNS)].astype(COLUMNS)


def test_shops_are_taken_together(answers):
    rows = known_answer_data(answers).set_index("kind")
    assert rows.planted.to_dict() == {"burst": 120, "slow_phone": 50, "money_back": 0}
    assert rows.recall["burst"] == pytest.approx(100 / 120)
    assert rows.recall_evidence["burst"] == pytest.approx(80 / 120)
    assert rows.state.to_dict() == {
        "burst": "measured",
        "slow_phone": "measured",
        "money_back": "not_visible",
    }
    assert rows.low["slow_phone"] == pytest.approx(0.510, abs=0.001)  # Wilson, 4 of 4 rings
    assert pd.isna(rows.recall["money_back"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figure_holds_its_rows_and_says_what_is_hidden(answers, language):
    figure = known_answer_chart(known_answer_data(answers), language)
    assert list(figure.data[0].x) == [pytest.approx(100 / 120), 1.0]
    hidden = [note.text for note in figure.layout.annotations if "payments.amount" in note.text]
    assert len(hidden) == 1
    assert figure.layout.title.text


def test_the_table_has_one_row_per_kind_and_level(answers):
    table = known_answer_table(known_answer_data(answers), "en")
    assert table["Share found"].tolist() == ["83.3%", "100.0%", ""]
    assert table["Not visible without"].tolist()[2] == "payments.amount"


def test_nothing_visible_is_said_in_the_figure(answers):
    rows = known_answer_data(answers[answers.kind == "money_back"])
    figure = known_answer_chart(rows, "en")
    assert any("Nothing was planted" in note.text for note in figure.layout.annotations)
