"""The chart of orders per day: its rows, its wording in both languages, and no way to upload."""

from __future__ import annotations

import pytest
from invented_snapshot import SCRIPT, invented_snapshot, nothing_found

from workbench import dashboard
from workbench.dashboard.timeline import group_marks, orders_per_day_chart


def test_marks_are_the_groups_that_stand_out_on_the_day_they_begin():
    assert group_marks(invented_snapshot()) == [
        {"date": "2025-11-11", "group_id": "G-00000001", "assessment": "evidence", "size": 34},
        {
            "date": "2025-12-02",
            "group_id": "G-00000002",
            "assessment": "needs_documents",
            "size": 13,
        },
    ]


def test_bars_add_up_to_the_orders_of_a_day():
    snapshot = invented_snapshot()
    bars = orders_per_day_chart(snapshot).data[:3]
    sums = [sum(day) for day in zip(*(bar.y for bar in bars), strict=True)]
    assert sums == [row["orders"] for row in snapshot["per_day"]]
    assert sum(bars[2].y) == 34
    assert sum(bars[1].y) == 13


def test_a_mark_stands_on_its_day_and_knows_its_group():
    marks = orders_per_day_chart(invented_snapshot()).data[3]
    assert list(marks.x) == ["2025-11-11", "2025-12-02"]
    assert marks.y[0] == 18 + (71 * 7) % 11 + 34
    assert marks.customdata[0][0] == "G-00000001"
    assert list(marks.marker.symbol) == ["diamond", "triangle-up"]


@pytest.mark.parametrize(("language", "name"), [("zh", "待补材料"), ("en", "needs documents")])
def test_it_speaks_the_cases_language_and_carries_both(language, name):
    snapshot = invented_snapshot()
    snapshot["case"]["language"] = language
    figure = orders_per_day_chart(snapshot)
    assert figure.data[1].name == name
    assert figure.layout.meta[language]["traces"]["name"][1] == name
    assert figure.layout.meta["en"]["y"] == "orders per day"
    assert figure.layout.meta["zh"]["y"] == "每日订单数"


def test_it_can_neither_upload_nor_show_buttons():
    part = dashboard.orders_per_day(invented_snapshot())
    config = part._repr_mimebundle_()["application/vnd.plotly.v1+json"]["config"]
    assert config["showSendToCloud"] is False
    assert config["plotlyServerURL"] == ""
    assert config["displayModeBar"] is False


def test_a_hostile_group_id_cannot_format_the_figure():
    snapshot = invented_snapshot()
    snapshot["groups"][0]["group_id"] = SCRIPT
    marks = orders_per_day_chart(snapshot).data[3]
    assert "<" not in marks.customdata[0][0]


def test_without_days_there_is_no_chart():
    snapshot = nothing_found() | {"per_day": []}
    assert dashboard.orders_per_day(snapshot).figure is None
