"""The merchant's page: what a cell of `notebooks/dashboards/merchant.ipynb` shows, and its server.

Every part is a function of the published snapshot alone, in Chinese and English at once.
"""

from workbench.dashboard.about import about
from workbench.dashboard.groups import groups
from workbench.dashboard.orders import orders
from workbench.dashboard.papers import missing_papers
from workbench.dashboard.source import open_snapshot
from workbench.dashboard.summary import summary
from workbench.dashboard.timeline import orders_per_day

__all__ = [
    "about",
    "groups",
    "missing_papers",
    "open_snapshot",
    "orders",
    "orders_per_day",
    "summary",
]
