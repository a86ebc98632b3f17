import json

import pandas as pd
import pytest

from workbench.charts.case_charts import case_figures
from workbench.charts.files import write_charts
from workbench.charts.group_in_time import (
    group_in_time_chart,
    group_in_time_data,
    group_in_time_table,
)
from workbench.engine import connect
from workbench.language import LANGUAGES
from workbench.tables import memory_tables


def with_campaigns(tables):
    frame = pd.DataFrame(
        {
            "name": ["<b>sale</b>", "sale of March"],
            "starts_at": pd.to_datetime(["2025-04-11", "2025-03-01"]),
            "ends_at": pd.to_datetime(["2025-04-11 23:59", "2025-03-02 00:00"]),
        }
    )
    return {**tables, **memory_tables(connect(), {"campaigns": frame})}


def test_the_group_among_the_orders_of_its_days(tables, assessment):
    rows = group_in_time_data(tables, assessment, "G-1")
    # Three orders within two minutes on 11 April; one day is shown on each side of them.
    assert rows.window[0] == pd.Timestamp("2025-04-10 13:05")
    assert rows.window[1] == pd.Timestamp("2025-04-12 13:07")
    assert rows.bins.to_dict("records") == [
        {"period": pd.Timestamp("2025-04-11 13:00"), "per": "hour", "group": 3, "others": 0},
        {"period": pd.Timestamp("2025-04-12 09:00"), "per": "hour", "group": 0, "others": 1},
    ]
    assert rows.campaigns.empty


def test_campaigns_that_touch_the_group(tables, assessment):
    rows = group_in_time_data(with_campaigns(tables), assessment, "G-1")
    assert rows.campaigns["name"].tolist() == ["<b>sale</b>"]
    figure = group_in_time_chart(rows, "en")
    assert len(figure.layout.shapes) == 1
    assert "&lt;b&gt;sale&lt;/b&gt;" in [one.text for one in figure.layout.annotations]


def test_the_chart_and_its_table_say_the_same(tables, assessment):
    rows = group_in_time_data(tables, assessment, "G-1")
    figure = group_in_time_chart(rows, "en")
    assert figure.layout.title.text == "G-1: 3 of the 4 orders of these days"
    assert [sum(trace.y) for trace in figure.data] == [3, 1]
    assert {trace.marker.pattern.fillmode for trace in figure.data} == {"overlay"}
    table = group_in_time_table(rows, "en")
    assert table.to_dict("list") == {
        "From": ["2025-04-11 13:00"],
        "Orders of the group": ["3"],
        "The shop's other orders": ["0"],
    }


def test_a_group_without_a_time_has_no_chart(tables, assessment):
    groups = assessment.groups.assign(window_start=pd.NaT, window_end=pd.NaT)
    untimed = type(assessment)(assessment.orders, groups, assessment.detectors)
    with pytest.raises(KeyError):
        group_in_time_data(tables, untimed, "G-1")
    assert not [n for n in case_figures(tables, untimed, "en", groups=["G-1"]) if "orders-of" in n]


def test_the_charts_of_a_case_hold_those_of_the_groups_that_are_named(tables, assessment):
    figures = case_figures(tables, assessment, "zh", groups=["G-1"])
    assert "orders-of-G-1" in figures
    json.dumps(figures["orders-of-G-1"][0].to_plotly_json()["layout"]["title"]["text"])


def test_only_the_pictures_that_are_named_are_drawn(tables, assessment, monkeypatch):
    asked = []

    def drawn(figures, language):
        asked.append(sorted(figures))
        return dict.fromkeys(figures, b"png")

    monkeypatch.setattr("workbench.charts.files.draw_png", drawn)
    monkeypatch.setattr("workbench.charts.files.has_chinese_font", lambda: True)
    figures = {each: case_figures(tables, assessment, each, groups=["G-1"]) for each in LANGUAGES}
    made = write_charts(figures, pictures={"en": ["orders-of-G-1"], "zh": ["overview"]})
    pages = ["charts.en.html", "charts.zh.html"]
    assert sorted(made.files) == [*pages, "orders-of-G-1.en.png", "overview.zh.png"]
    # One browser draws them all.
    assert asked == [["orders-of-G-1.en.png", "overview.zh.png"]]
    assert sorted(write_charts(figures, pictures={"en": [], "zh": []}).files) == pages


def test_without_a_chinese_font_only_the_english_pictures_are_drawn(
    tables, assessment, monkeypatch
):
    monkeypatch.setattr(
        "workbench.charts.files.draw_png", lambda figures, _: dict.fromkeys(figures)
    )
    monkeypatch.setattr("workbench.charts.files.has_chinese_font", lambda: False)
    figures = {each: case_figures(tables, assessment, each, groups=["G-1"]) for each in LANGUAGES}
    made = write_charts(figures, "en")
    assert {name for name in made.files if name.endswith(".zh.png")} == set()
    assert "orders-of-G-1.en.png" in made.files
    (note,) = made.notes
    assert "No Chinese font" in note
