"""The figures of the data-quality report hold its rows, and its page needs nothing else."""

import html
import re
from datetime import datetime

import pandas as pd
import pytest

from workbench.charts import (
    completeness_by_month_chart,
    completeness_by_month_data,
    order_days_chart,
    order_days_data,
    order_days_table,
    quality_figures,
    quality_page,
)
from workbench.engine import connect
from workbench.load import LoadReport
from workbench.quality import quality_report
from workbench.tables import memory_tables

from .conftest import HOSTILE

NOW = datetime(2025, 5, 1)
# Ten orders a day from January to April 2025, none in March; half of the accounts are told.
DAYS = [day for day in pd.date_range("2025-01-01", "2025-04-30") if day.month != 3]


@pytest.fixture(scope="module")
def report():
    rows = [(f"{day:%m%d}-{n}", day + pd.Timedelta(hours=n)) for day in DAYS for n in range(10)]
    frame = pd.DataFrame(rows, columns=["order_id", "created_at"])
    frame["buyer_id"] = [f"b{n}" if n % 2 else None for n in range(len(frame))]
    frame["source_file"] = "abc"
    file = LoadReport(
        file=HOSTILE,
        sha256="abc",
        table="orders",
        format="x",
        reasons={"en": "a header", "zh": "表头"},
        encoding="utf-8",
        delimiter=",",
        header_row=1,
        rows_read=len(rows),
        rows_loaded=len(rows),
    )
    return quality_report(memory_tables(connect(), {"orders": frame}), [file], needs={}, now=NOW)


def test_months_by_column(report):
    rows = completeness_by_month_data(report.completeness)
    assert list(rows.month.unique()) == ["2025-01", "2025-02", "2025-04"]
    assert set(rows.column) == {"order_id", "created_at", "buyer_id"}
    assert rows[rows.column == "buyer_id"].share.tolist() == [0.5, 0.5, 0.5]


def test_more_than_four_years_are_told_by_year():
    months = pd.period_range("2021-01", "2025-01", freq="M").astype(str)
    counts = pd.DataFrame({"month": months, "rows": 2, "filled": 1, "masked": 0, "opaque": 0})
    counts = counts.assign(table="orders", column="order_id", source_file="a")
    rows = completeness_by_month_data(counts)
    assert rows.month.tolist() == ["2021", "2022", "2023", "2024", "2025"]
    assert rows.rows.tolist() == [24, 24, 24, 24, 2]


def test_the_heat_map_holds_the_shares(report):
    rows = completeness_by_month_data(report.completeness)
    (heat,) = completeness_by_month_chart(rows, "en").data
    assert list(heat.y) == ["order_id", "created_at", "buyer_id"]
    # March has a field of its own, and it is empty.
    assert list(heat.x) == ["2025-01", "2025-02", "2025-03", "2025-04"]
    assert [[None if pd.isna(z) else z for z in line] for line in heat.z] == [
        [100, 100, None, 100],
        [100, 100, None, 100],
        [50, 50, None, 50],
    ]
    assert list(heat.text[2]) == ["50", "50", "", "50"]


def test_a_stray_year_does_not_make_hundreds_of_empty_months(report):
    counts = report.completeness
    stray = counts.assign(month=counts.month.replace("2025-01", "1970-01"))
    (heat,) = completeness_by_month_chart(completeness_by_month_data(stray), "en").data
    assert list(heat.x) == ["1970-01", "2025-02", "2025-03", "2025-04"]


def test_the_calendar_marks_the_gap(report):
    days = order_days_data(report.days)
    assert (len(days), days.orders.sum()) == (120, 890)
    figure = order_days_chart(days, report.gaps, "en")
    orders, usual, gap, mark = figure.data
    assert list(orders.y) == days.orders.tolist()
    assert set(usual.y) == {10}
    assert list(gap.width) == [31 * 86_400_000]
    assert pd.Timestamp(gap.x[0]) == pd.Timestamp("2025-03-16") == pd.Timestamp(mark.x[0])
    # Told without colour too: hatched, and with a mark of its own.
    assert (gap.marker.pattern.shape, mark.marker.symbol) == ("/", "triangle-down")
    assert "2025-03-01 to 2025-03-31: 31 days" in html.unescape(
        figure.layout.title.text.replace("<br>", " ")
    )


def test_without_a_gap_the_table_says_so(report):
    none = report.gaps.head(0)
    assert order_days_table(none, "en").to_numpy().tolist() == [["none"]]
    figure = order_days_chart(order_days_data(report.days), none, "zh")
    assert len(figure.data) == 2
    assert "没有缺口" in figure.layout.title.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_stands_alone_and_escapes(report, language):
    page = quality_page(report, language)
    start, end = page.index("<script>"), page.index("</script>")
    own = page[:start] + page[end:]
    assert HOSTILE not in own
    assert html.escape(HOSTILE, quote=False) in own
    for found in re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)""", own):
        assert found.startswith(("#", "data:")), found
    figures = quality_figures(report, language)
    assert list(figures) == ["order-days", "completeness"]
    assert own.count('"showSendToCloud": false') == len(figures)
    for figure, _ in figures.values():
        title = figure.layout.title.text.replace("<br>", " ")
        assert f"<h2>{title}</h2>" in own


def test_without_orders_there_is_a_page_without_figures():
    nothing = quality_report({}, [], needs={}, now=NOW)
    assert quality_figures(nothing, "en") == {}
    assert "Nothing to report" in quality_page(nothing, "en")
