"""The figures: they hold their rows, speak two languages, and offer no way to upload anything."""

from __future__ import annotations

import html
import json
import math
import re
import shutil
from datetime import datetime
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from workbench.charts import (
    CONFIG,
    account_links_data,
    case_figures,
    group_waterfall_chart,
    group_waterfall_data,
    html_page,
    html_pages,
    linked_accounts_chart,
    orders_over_time_chart,
    orders_over_time_data,
    pictures,
    use_in_notebook,
    write_charts,
)
from workbench.charts.group_marks import group_marks_data
from workbench.errors import BadInput

from .conftest import HOSTILE

NAMES = ["overview", "orders-over-time", "hour-weekday", "repeat-buyers", "linked-accounts"]


@pytest.fixture(scope="module", params=["zh", "en"])
def figures(request, tables, assessment):
    return case_figures(tables, assessment, request.param)


def test_every_chart_has_a_title_a_source_and_a_table(figures):
    assert list(figures) == [*NAMES, "group-1"]
    for figure, table in figures.values():
        assert figure.layout.title.text
        assert [a for a in figure.layout.annotations if a.name == "source_note"]
        assert len(table)


def test_titles_differ_between_languages(tables, assessment):
    zh, en = (case_figures(tables, assessment, language) for language in ("zh", "en"))
    for name in NAMES:
        chinese, english = (drawn[name][0].layout.title.text for drawn in (zh, en))
        assert re.search(r"[一-鿿]", chinese), name
        assert not re.search(r"[一-鿿]", english), name


def test_bars_hold_what_the_rows_hold(tables, assessment):
    rows = orders_over_time_data(tables, assessment)
    figure = orders_over_time_chart(rows, group_marks_data(assessment), "en")
    bars = {trace.legendgroup: list(trace.y) for trace in figure.data if trace.type == "bar"}
    assert bars == {name: rows[name].tolist() for name in ("evidence", "needs_documents", "none")}


def test_marks_of_groups_stay_inside_the_window_one_looks_at(tables, assessment):
    window = {"start": datetime(2025, 4, 11), "end": datetime(2025, 4, 12)}
    rows = orders_over_time_data(tables, assessment, **window)
    groups = group_marks_data(assessment, **window).assign(window_end=datetime(2025, 12, 31))
    figure = orders_over_time_chart(rows, groups, "en")
    (mark,) = [t for t in figure.data if t.type == "scatter" and t.mode == "markers" and len(t.x)]
    # The only bin is 13:00 to 14:00; the group runs from 13:05 to the end of it.
    assert pd.Timestamp(mark.x[0]) == pd.Timestamp("2025-04-11 13:32:30")


def test_accounts_stand_in_a_circle_around_the_one_thing_they_share(tables, assessment):
    figure = linked_accounts_chart(account_links_data(tables, assessment), "en")
    (accounts,) = [trace for trace in figure.data if (trace.name or "").startswith("Account")]
    (phone,) = [trace for trace in figure.data if trace.mode == "markers"]
    distances = [
        math.dist((x, y), (phone.x[0], phone.y[0]))
        for x, y in zip(accounts.x, accounts.y, strict=True)
    ]
    assert len(distances) == 3
    assert max(distances) - min(distances) < 0.01
    assert list(accounts.text) == ["1", "2", "3"]


def test_an_empty_network_says_why(tables, assessment):
    bare = {"orders": tables["orders"].drop("buyer_id")}
    figure = linked_accounts_chart(account_links_data(bare, assessment), "en")
    assert figure.layout.title.text == "No linked accounts to show"
    subtitle = figure.layout.title.subtitle.text.replace("<br>", " ")
    assert subtitle.endswith("The files cannot show: phone, address, device, payer.")


def test_hatched_bars_keep_their_colour(figures):
    # Without the overlay, plotly.js draws the hatching alone: white on white.
    for figure, _ in figures.values():
        for trace in figure.data:
            if trace.type == "bar" and trace.marker.pattern.shape:
                assert trace.marker.pattern.fillmode == "overlay"


def test_waterfall_parts_add_up_to_what_was_found(assessment):
    rows = group_waterfall_data(assessment.groups, "G-1")
    figure = group_waterfall_chart(rows, "en")
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [sum(bar.x[0] for bar in bars)] == [14.5]
    counts = figure.data[-1]
    assert counts.text[0].endswith("14.5 digits")
    assert "seen" in counts.text[0]
    assert list(figure.data[0].y) == ["shared phone", "theirs"]


def test_waterfall_counts_a_detector_once_and_cuts_a_bar_that_hides_the_others(assessment):
    (part, other) = json.loads(assessment.groups.contributions[0])
    many = [part | {"digits": 98.6}, other, part | {"digits": 13.0}]
    groups = assessment.groups.assign(contributions=[json.dumps(many), "[]"])
    rows = group_waterfall_data(groups, "G-1")
    assert list(zip(rows.detector, rows.findings, rows.digits, strict=True)) == [
        (part["detector"], 2, 98.6),
        ("theirs", 1, 14.5),
    ]
    figure = group_waterfall_chart(rows, "en")
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert sum(bar.x[0] for bar in bars) == 16
    assert list(bars[0].y) == ["shared phone ×2", "theirs"]


def test_hostile_text_is_shown_as_text(tables, assessment):
    figure, table = case_figures(tables, assessment, "en")["orders-over-time"]
    page = html_page(figure, table, "en")
    body = page[page.index("<body>") :]
    assert HOSTILE not in body
    assert html.escape(HOSTILE) in body


def test_a_page_needs_nothing_from_elsewhere(figures):
    page = html_pages(figures, "en", "Charts")
    script = page.index("<script>"), page.index("</script>")
    own = page[: script[0]] + page[script[1] :]
    assert "default-src 'none'" in own
    for found in re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)""", own):
        assert found.startswith(("#", "data:")), found
    assert '"showSendToCloud": false' in own
    assert own.count('"showSendToCloud": false') == len(figures)


def test_a_notebook_never_offers_to_share(monkeypatch):
    renderer = pio.renderers["plotly_mimetype"]
    monkeypatch.setattr(renderer, "config", {})
    monkeypatch.setattr(pio.renderers, "_default_name", "", raising=False)
    with pd.option_context("display.max_colwidth", 50):
        use_in_notebook()
        assert pd.get_option("display.max_colwidth") is None
    assert pio.renderers.default == "plotly_mimetype"
    shown = renderer.to_mimebundle(go.Figure().to_dict())
    (content,) = shown.values()
    assert content["config"]["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False


def test_without_a_chromium_a_line_says_so(figures, monkeypatch):
    async def nowhere(drawn):
        raise pictures.ChromeNotFoundError

    monkeypatch.setattr(pictures, "_drawn", nowhere)
    written = write_charts({"en": figures}, "en")
    assert list(written.files) == ["charts.en.html"]
    (note,) = written.notes
    assert "No Chromium" in note


def test_a_page_that_cannot_be_drawn_is_bad_input(monkeypatch):
    async def broken(drawn):
        raise TimeoutError

    monkeypatch.setattr(pictures, "_drawn", broken)
    with pytest.raises(BadInput, match="could not draw"):
        pictures.draw_png({"one": go.Figure()}, "en")


@pytest.mark.browser
@pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("google-chrome")),
    reason="needs Chromium to draw: apt install chromium",
)
def test_a_picture_is_drawn(tmp_path: Path):
    path = pictures.save_png(go.Figure(go.Bar(x=[1, 2], y=[3, 4])), tmp_path / "bars.png", "en")
    assert path.read_bytes().startswith(b"\x89PNG")
