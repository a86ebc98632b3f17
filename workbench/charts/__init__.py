"""Figures: rows in, plotly figure out; and the files that they are handed out as."""

from workbench.charts.account_links import account_links_data
from workbench.charts.case_charts import case_charts, case_figures
from workbench.charts.chronology import (
    chronology_chart,
    chronology_data,
    chronology_table,
)
from workbench.charts.completeness import (
    completeness_by_month_chart,
    completeness_by_month_data,
    completeness_by_month_table,
)
from workbench.charts.files import ChartFiles, write_charts
from workbench.charts.group_marks import group_marks_data, group_marks_table
from workbench.charts.group_waterfall import (
    group_waterfall_chart,
    group_waterfall_data,
    group_waterfall_table,
)
from workbench.charts.hour_weekday import (
    hour_weekday_chart,
    hour_weekday_data,
    hour_weekday_table,
)
from workbench.charts.known_answer import (
    known_answer_chart,
    known_answer_data,
    known_answer_table,
)
from workbench.charts.linked_accounts import linked_accounts_chart, linked_accounts_table
from workbench.charts.order_days import order_days_chart, order_days_data, order_days_table
from workbench.charts.orders_over_time import (
    orders_over_time_chart,
    orders_over_time_data,
    orders_over_time_table,
)
from workbench.charts.overview import overview_chart, overview_data, overview_table
from workbench.charts.page import html_page, html_pages
from workbench.charts.quality_charts import quality_figures, quality_page
from workbench.charts.repeat_buyers import (
    repeat_buyers_chart,
    repeat_buyers_data,
    repeat_buyers_table,
)
from workbench.charts.sensitivity import (
    sensitivity_chart,
    sensitivity_chart_data,
    sensitivity_table,
)
from workbench.charts.theme import CONFIG, themed, use_in_notebook

__all__ = [
    "CONFIG",
    "ChartFiles",
    "account_links_data",
    "case_charts",
    "case_figures",
    "chronology_chart",
    "chronology_data",
    "chronology_table",
    "completeness_by_month_chart",
    "completeness_by_month_data",
    "completeness_by_month_table",
    "group_marks_data",
    "group_marks_table",
    "group_waterfall_chart",
    "group_waterfall_data",
    "group_waterfall_table",
    "hour_weekday_chart",
    "hour_weekday_data",
    "hour_weekday_table",
    "html_page",
    "html_pages",
    "known_answer_chart",
    "known_answer_data",
    "known_answer_table",
    "linked_accounts_chart",
    "linked_accounts_table",
    "order_days_chart",
    "order_days_data",
    "order_days_table",
    "orders_over_time_chart",
    "orders_over_time_data",
    "orders_over_time_table",
    "overview_chart",
    "overview_data",
    "overview_table",
    "quality_figures",
    "quality_page",
    "repeat_buyers_chart",
    "repeat_buyers_data",
    "repeat_buyers_table",
    "sensitivity_chart",
    "sensitivity_chart_data",
    "sensitivity_table",
    "themed",
    "use_in_notebook",
    "write_charts",
]
