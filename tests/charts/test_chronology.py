"""The chart of a chronology: its marks hold what the rows hold."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import pytest

from workbench.charts.chronology import chronology_chart, chronology_data, chronology_table
from workbench.charts.theme import COLOURS
from workbench.procedure import CHRONOLOGY_COLUMNS

T0 = datetime(2026, 2, 3, 10, 0)


def row(step, kind, at, **told):
    given = {"step": step, "kind": kind, "at": at, "order_id": "", "group_id": ""}
    given |= {"zh": "中", "en": step, "source_file": "f", "source_row": 2}
    given |= {"flag": "", "flag_zh": "", "flag_en": ""}
    return given | told


def rows(orders=2, odd=True):
    told = [
        row("campaign_starts", "campaign", T0 - timedelta(days=1), source_row=9),
        row("campaign_ends", "campaign", T0 + timedelta(days=2), source_row=9),
    ]
    for n in range(orders):
        at = T0 + timedelta(minutes=n)
        told.append(row("placed", "order", at, order_id=f"O{n}", en=f"order {n}"))
    flag = {"flag": "x", "flag_zh": "矛盾", "flag_en": "odd <b>"} if odd else {}
    told.append(row("signed", "sign", T0 + timedelta(hours=3), order_id="O0", **flag))
    told += [
        row("decided", "notice", datetime(2026, 3, 1)),
        row("issued", "notice", datetime(2026, 3, 1)),
        row("deadline", "notice", datetime(2026, 3, 9)),
        row("sent", "appeal", datetime(2026, 3, 5)),
    ]
    return pd.DataFrame(told, columns=CHRONOLOGY_COLUMNS)


def test_few_moments_are_a_mark_each_and_a_campaign_is_one():
    data = chronology_data(rows())
    assert list(data["step"]) == [
        "campaign_starts",
        "placed",
        "placed",
        "signed",
        "decided",
        "issued",
        "sent",
        "deadline",
    ]
    campaign = data.iloc[0]
    assert campaign["until"] == pd.Timestamp("2026-02-05 10:00")
    # The campaign has a begin and an end: nothing of the chronology is lost.
    assert data["count"].sum() == len(rows()) == 9
    assert list(data["contradicts"]) == [False] * 3 + [True] + [False] * 4


def test_of_many_those_of_one_lane_and_day_are_one_mark():
    data = chronology_data(rows(orders=400))
    placed = data[data["kind"].eq("order")]
    assert list(placed["count"]) == [400]
    assert placed["at"].iloc[0] == T0
    assert placed["until"].iloc[0] == T0 + timedelta(minutes=399)
    # What passed with the platform stays one by one, though it was on one day.
    assert list(data.loc[data["kind"].eq("notice"), "step"]) == ["decided", "issued", "deadline"]
    assert data["count"].sum() == 407


def test_the_contradictions_of_a_day_stand_apart_from_the_others():
    told = rows(orders=400)
    told.loc[told["order_id"].isin(["O3", "O4"]), ["flag", "flag_zh", "flag_en"]] = "x"
    data = chronology_data(told)
    placed = data[data["kind"].eq("order")]
    assert dict(zip(placed["contradicts"], placed["count"], strict=True)) == {False: 398, True: 2}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_lanes_marks_and_crosses(language):
    data = chronology_data(rows())
    figure = chronology_chart(data, language)
    marks = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    names = {"zh": ["活动", "订单", "签收与确认收货", "平台通知", "申诉与请求"]}
    names["en"] = ["Campaign", "Order", "Signature, receipt", "Notice", "Appeal, requests"]
    assert list(figure.layout.yaxis.categoryarray) == names[language][::-1]
    assert len(marks[names[language][1]].x) == 2
    assert len(marks[names[language][2]].x) == 0
    (cross,) = [trace for trace in figure.data if trace.marker.symbol == "x"]
    assert list(cross.y) == [names[language][2]]
    assert cross.marker.color == COLOURS["failed"]
    assert cross.showlegend
    (line,) = [trace for trace in figure.data if trace.mode == "lines"]
    assert pd.Timestamp(line.x[1]) == pd.Timestamp("2026-02-05 10:00")
    assert "2026-03-09" in figure.layout.title.subtitle.text


def test_hostile_words_cannot_format_the_figure():
    figure = chronology_chart(chronology_data(rows()), "en")
    (cross,) = [trace for trace in figure.data if trace.marker.symbol == "x"]
    assert list(cross.customdata) == ["signed odd &lt;b&gt;"]


def test_the_title_says_whether_anything_contradicts():
    odd, even = (chronology_chart(chronology_data(rows(odd=one)), "en") for one in (True, False))
    assert odd.layout.title.text == "9 recorded moments; contradictions among them: 1"
    assert even.layout.title.text == "9 recorded moments; none contradicts another"
    assert not even.layout.showlegend


def test_a_larger_mark_stands_for_more():
    figure = chronology_chart(chronology_data(rows(orders=400)), "en")
    sizes = {
        trace.name: list(trace.marker.size) for trace in figure.data if trace.mode == "markers"
    }
    assert sizes["Order"] == [28.0]
    assert sizes["Notice"] == [9.0, 9.0, 9.0]


def test_the_table_tells_the_same_in_words():
    data = chronology_data(rows(orders=400))
    table = chronology_table(data, "en")
    assert len(table) == len(data)
    by_lane = table.set_index("Record")
    assert by_lane.loc["Order", "What happened"] == "order 0 And 399 more on that day."
    assert by_lane.loc["Order", "Moments"] == "400"
    assert by_lane.loc["Signature, receipt", "Contradicts other records"] == "yes"
    assert list(chronology_table(data, "zh").columns)[1] == "记录"


def test_nothing_recorded_says_so():
    empty = chronology_data(rows().head(0))
    figure = chronology_chart(empty, "en")
    assert figure.layout.title.text == "No moment is recorded"
    assert len(chronology_table(empty)) == 0
