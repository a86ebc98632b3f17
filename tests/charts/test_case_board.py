from datetime import datetime

import pandas as pd
import pytest

from workbench.charts.case_board import board_chart, board_page, board_points
from workbench.notice.board import BOARD_COLUMNS, board_data
from workbench.notice.board_told import state_text

HOSTILE = "<script>alert(1)</script>"


def rows(*told: dict[str, object]) -> pd.DataFrame:
    filled = [
        dict.fromkeys(BOARD_COLUMNS)
        | {"case": f"c{n}", "path": f"c{n}", "shop": f"店{n}", "platform": "taobao"}
        | {"notice_id": f"N{n}", "problem": "", "named": 5, "decided": 0, "attempts_left": 1}
        | one
        for n, one in enumerate(told)
    ]
    frame = board_data([]).astype(object)
    frame = pd.concat([frame, pd.DataFrame(filled, columns=BOARD_COLUMNS)], ignore_index=True)
    frame["deadline"] = pd.to_datetime(frame["deadline"])
    for name in ("days_left", "missing", "named", "decided", "attempts_left"):
        frame[name] = frame[name].astype("Int64")
    return frame


BOARD = rows(
    {"state": "urgent", "days_left": 2, "missing": 9, "deadline": datetime(2026, 1, 9)},
    {"state": "collect", "days_left": 80, "missing": 99},
    {"state": "past", "days_left": -7, "missing": 0},
    {"state": "unknown_deadline", "missing": 3},
    {"state": "urgent", "days_left": 1},
    {"state": "cannot_open", "problem": HOSTILE},
    {"state": "no_notice"},
)


def test_each_notice_lies_where_its_days_and_its_lack_are():
    points = board_points(BOARD)
    assert points["notice_id"].tolist() == ["N0", "N1", "N2", "N3", "N4"]
    assert points["x"].tolist() == [2.0, 30.0, -2.0, 33.0, 1.0]
    assert points["edge"].tolist() == ["", "later", "past", "unknown", ""]
    assert points["edge_y"].tolist() == ["", "", "", "", "unknown"]
    assert points["y"].iloc[:3].tolist() == [1.0, 2.0, 0.0]  # log10 of 10, 100, 1
    assert points["y"].iloc[4] > points["y"].iloc[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_trace_per_state_and_the_edges_are_named(language: str):
    figure = board_chart(BOARD, language)
    names = [trace.name for trace in figure.data]
    expected = [
        state_text(one, language) for one in ("urgent", "unknown_deadline", "collect", "past")
    ]
    assert names == expected
    assert {trace.marker.symbol for trace in figure.data} == {
        "diamond", "hexagram", "triangle-up", "x",
    }  # fmt: skip
    ticks = dict(zip(figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True))
    assert ticks[33.0] == {"zh": "不明", "en": "not known"}[language]
    assert ticks[-2.0] == {"zh": "已过期", "en": "over"}[language]
    assert ticks[30.0] == "≥30"
    assert "2" in figure.layout.title.text


def test_without_a_notice_the_picture_says_so():
    figure = board_chart(rows({"state": "no_notice"}), "en")
    assert len(figure.data) == 0
    assert "No notice to draw" in [one.text for one in figure.layout.annotations]


def test_names_at_one_spot_are_joined():
    same = [{"state": "collect", "days_left": 9, "missing": 4} for _ in range(5)]
    texts = [one.text for one in board_chart(rows(*same), "en").layout.annotations]
    assert "店0 · 店1 · 店2 and 2 more" in texts


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_lists_what_cannot_be_read_and_escapes_it(language: str):
    told = BOARD.assign(shop=[HOSTILE, *BOARD["shop"].iloc[1:]])
    page = board_page(told, language)
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "c5" in page
    assert '"showSendToCloud": false' in page
