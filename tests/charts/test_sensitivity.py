import pandas as pd
import pytest

from workbench.charts.sensitivity import (
    sensitivity_chart,
    sensitivity_chart_data,
    sensitivity_table,
)


def row(constant: str, *counts: int) -> dict[str, object]:
    names = ("down_entered", "down_left", "up_entered", "up_left")
    return {
        "room": "cuts", "constant": constant, "reason": "because", "value": "1", "listed": 40,
        "down_value": "0.9", "up_value": "1.1", "down_evidence": 0, "up_evidence": 0,
        **dict(zip(names, counts, strict=True)),
    }  # fmt: skip


ROWS = pd.DataFrame([row("still", 0, 0, 0, 0), row("little", 0, 2, 0, 0), row("much", 3, 0, 0, 9)])


def test_constants_that_move_most_come_first_and_idle_ones_are_counted():
    data = sensitivity_chart_data(ROWS)
    assert data.constant.tolist() == ["much", "little"]
    assert data.others.tolist() == [1, 1]


def test_leaving_points_to_the_left_and_entering_to_the_right():
    figure = sensitivity_chart(sensitivity_chart_data(ROWS), "en")
    bars = {(bar.legendgroup, n % 2): list(bar.x) for n, bar in enumerate(figure.data)}
    assert bars == {
        ("down", 0): [3, 0], ("down", 1): [0, -2], ("up", 0): [0, 0], ("up", 1): [-9, 0],
    }  # fmt: skip
    assert "much moves most: 3 orders enter the list and 9 leave it" in figure.layout.title.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_that_moves_is_said(language: str):
    figure = sensitivity_chart(sensitivity_chart_data(ROWS.iloc[:1]), language)
    assert all(len(bar.x) == 0 for bar in figure.data)
    assert figure.layout.title.text


def test_the_table_has_every_constant_with_its_reason():
    table = sensitivity_table(ROWS, "en")
    assert table["Constant"].tolist() == ["still", "little", "much"]
    assert table["10 % more: orders that leave"].tolist() == [0, 0, 9]
    assert set(table["Why it has this value"]) == {"because"}
    assert len(sensitivity_table(ROWS, "zh").columns) == 9
