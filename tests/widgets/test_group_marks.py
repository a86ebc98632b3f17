import pandas as pd
import pytest

from workbench.explain import Assessment
from workbench.widgets.group_marks import group_marks, time_ticks

from .conftest import assessment


def groups(*spans: tuple[str, str], lane: str = "evidence") -> Assessment:
    frame = pd.DataFrame(
        [
            {
                "group_id": f"G-{n}",
                "assessment": lane,
                "size": 2,
                "q_value": 0.1,
                "window_start": pd.Timestamp(start),
                "window_end": pd.Timestamp(end),
            }
            for n, (start, end) in enumerate(spans)
        ]
    )
    return Assessment(pd.DataFrame(), frame, pd.DataFrame())


def test_the_worst_come_first_and_decisions_stand_beside():
    marks = group_marks(assessment(), {"G-bbbbbbbb": "hold"})
    assert marks[["group_id", "assessment", "decision"]].to_numpy().tolist() == [
        ["G-aaaaaaaa", "evidence", ""],
        ["G-bbbbbbbb", "needs_documents", "hold"],
        ["G-cccccccc", "none", ""],
    ]


def test_places_are_shares_of_the_time_between_first_and_last_with_a_little_room():
    marks = group_marks(groups(("2025-01-01", "2025-01-02"), ("2025-04-10", "2025-04-11")), {})
    # 100 days and 3 of room on both sides: 106 days across.
    assert marks["start"].tolist() == pytest.approx([3 / 106, 102 / 106])
    assert marks["end"].tolist() == pytest.approx([4 / 106, 103 / 106])


def test_marks_that_would_touch_stand_in_different_rows():
    spans = [("2025-01-01", "2025-01-02")] * 3 + [("2025-06-01", "2025-06-02")]
    assert group_marks(groups(*spans), {})["row"].tolist() == [0, 1, 2, 0]


def test_a_group_without_times_has_no_place():
    marks = group_marks(groups(("2025-01-01", "2025-01-02"), ("NaT", "NaT")), {})
    assert marks["start"].isna().tolist() == [False, True]


def test_one_moment_is_a_place_too():
    marks = group_marks(groups(("2025-01-01 10:00", "2025-01-01 10:00")), {})
    assert marks["start"].tolist() == [0.5]


def test_no_group_gives_no_marks_and_no_ticks():
    marks = group_marks(groups(("2025-01-01", "2025-01-02")), {}).head(0)
    assert time_ticks(marks) == []


@pytest.mark.parametrize(
    ("start", "end", "texts"),
    [
        ("2025-01-10", "2025-04-10", ["2025-02", "2025-03", "2025-04"]),
        ("2025-03-03 10:00", "2025-03-03 12:00", ["03-03 09:00", "03-03 10:00"]),
    ],
)
def test_ticks_are_round_times(start: str, end: str, texts: list[str]):
    ticks = time_ticks(group_marks(groups((start, end)), {}))
    assert [text for _, text in ticks][: len(texts)] == texts
    assert 1 <= len(ticks) <= 13
    assert all(0 <= at <= 1 for at, _ in ticks)


def test_ticks_never_crowd():
    ticks = time_ticks(group_marks(groups(("1990-01-01", "2025-01-01")), {}))
    assert 3 <= len(ticks) <= 13
