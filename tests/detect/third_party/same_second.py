"""Orders of one item that came in one and the same second."""

import ibis
import pandas as pd
from scipy import stats

from workbench.detect import Detector
from workbench.detect.group import Group, findings
from workbench.detect.opening import on_trade

NAME = "same_second"


def find(tables):
    """Seconds with three or more orders of an item, from as many buyers."""
    trade = tables["trade"]
    total = trade.aggregate(
        rows=trade.count(), seconds=trade.second.max() - trade.second.min() + 1
    ).to_pandas()
    sales = trade.group_by("item").mutate(sales=trade.count())
    crowd = sales.group_by(["item", "second"]).mutate(
        crowd=ibis._.count(), buyers=ibis._.buyer.nunique()
    )
    rows = crowd.filter(lambda t: (t.crowd >= 3) & (t.buyers == t.crowd)).to_pandas()
    rows = rows.sort_values(["second", "order_id"])
    groups = [
        _group(own, int(total.rows.iloc[0]), int(total.seconds.iloc[0]))
        for _, own in rows.groupby(["item", "second"], sort=False)
    ]
    return findings(NAME, groups, reviewed=int(total.rows.iloc[0]))


def _group(own: pd.DataFrame, orders: int, seconds: int) -> Group:
    count = len(own)
    expected = (int(own.sales.iloc[0]) - count) / seconds
    chance = float(stats.poisson.sf(count - 1, expected))
    return Group(
        orders=tuple(own.order_id),
        statistic="orders in one second",
        observed=count,
        expected=expected,
        p_value=min(1.0, chance * orders),
        start=own.created_at.min(),
        end=own.created_at.max(),
        facts={
            "orders": count,
            "p1": chance,
            "tried1": orders,
            "sentence_en": f"{count} orders of one item came in one second.",
            "sentence_zh": f"{count} 笔同款订单在同一秒下单。",
        },
    )


DETECTOR = Detector(
    name=NAME,
    family="time",
    needs=("orders.order_id", "orders.created_at"),
    find=on_trade(find),
)
