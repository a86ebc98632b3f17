"""What one would pick instead: general outlier detectors, and FRAUDAR."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pandas as pd

FIELDS = ("buyer_id", "buyer_account", "phone", "address", "device", "product_id")


def features(orders: pd.DataFrame) -> pd.DataFrame:
    """Counts per value, accounts per value, the offer's count in the hour, amount and hour."""
    once = orders.drop_duplicates("order_id").set_index("order_id")
    counts = {f"{name}_orders": once.groupby(name)[name].transform("size") for name in FIELDS}
    held = {
        f"{name}_buyers": once.groupby(name).buyer_id.transform("nunique")
        for name in ("phone", "address", "device", "buyer_account")
    }
    hour = once.created_at.dt.floor("h")
    offer = once.groupby(["product_id", "paid_amount", hour])["product_id"].transform("size")
    day = once.groupby(["product_id", once.created_at.dt.floor("D")])["product_id"].transform(
        "size"
    )
    plain = {"offer_hour": offer, "item_day": day, "amount": once.paid_amount.astype(float)}
    return pd.DataFrame({**counts, **held, **plain, "hour": once.created_at.dt.hour}).fillna(0.0)


def peer_scores(orders: pd.DataFrame) -> dict[str, tuple[pd.Series, float]]:
    """Per peer: outlier score of every order (higher = odder) and CPU seconds with features."""
    found = {}
    for name, score in {
        "IsolationForest (scikit-learn)": _forest,
        "IForest (PyOD)": _pyod("iforest", "IForest"),
        "ECOD (PyOD)": _pyod("ecod", "ECOD"),
        "FRAUDAR buyer x shared value": _fraudar,
    }.items():
        started = time.process_time()
        scores = score(orders)
        found[name] = (scores, time.process_time() - started)
    return found


def _forest(orders: pd.DataFrame) -> pd.Series:
    from sklearn.ensemble import IsolationForest  # type: ignore[import-not-found]

    table = features(orders)
    return pd.Series(-IsolationForest(random_state=0).fit(table).score_samples(table), table.index)


def _pyod(module: str, name: str) -> Callable[[pd.DataFrame], pd.Series]:
    def score(orders: pd.DataFrame) -> pd.Series:
        from importlib import import_module

        table = features(orders)
        model = getattr(import_module(f"pyod.models.{module}"), name)()
        model.fit(table.to_numpy())
        return pd.Series(model.decision_scores_, table.index)

    return score


def _fraudar(orders: pd.DataFrame, blocks: int = 10) -> pd.Series:
    """Orders of the accounts in the densest blocks of account x shared value, densest first."""
    import fraudar  # type: ignore[import-not-found]

    graph = fraudar.ReviewGraph(blocks, fraudar.aveDegree)
    once = orders.drop_duplicates("order_id")
    pairs = pd.concat(
        once[["buyer_id", name]].rename(columns={name: "value"}).assign(field=name)
        for name in ("phone", "address", "device", "buyer_account")
    )
    pairs = pairs.dropna().drop_duplicates()
    pairs = pairs[pairs.groupby(["field", "value"]).buyer_id.transform("size") > 1]
    accounts = {b: graph.new_reviewer(b) for b in sorted(pairs.buyer_id.unique())}
    values = {v: graph.new_product(str(v)) for v in sorted(set(pairs.field + ":" + pairs.value))}
    for buyer, value in zip(pairs.buyer_id, pairs.field + ":" + pairs.value, strict=True):
        graph.add_review(accounts[buyer], values[value], 1)
    if len(accounts):
        with redirect_stdout(StringIO()):  # the package tells of its steps
            graph.update()
    score = {name: account.anomalous_score for name, account in accounts.items()}
    return once.set_index("order_id").buyer_id.map(score).fillna(0.0).astype(np.float64)
