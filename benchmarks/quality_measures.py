"""The measures that benchmarks/quality.py prints."""

from __future__ import annotations

import numpy as np
import pandas as pd

Run = tuple[pd.DataFrame, pd.DataFrame | None, pd.DataFrame, float]
MARKED = ("evidence", "needs_documents")


def measures(runs: list[Run], honest: list[Run]) -> dict[str, float]:
    """One line of the table, over all runs (each seed weighs alike in the averages)."""
    orders = [run[0] for run in runs]
    every = pd.concat(orders)
    alike = every[(every.fake == 0) & (every.kind != "ordinary")]
    line = {
        "AP": np.mean([average_precision(o.score, o.fake) for o in orders]),
        "recall@1%": np.mean([recall_at(o.score, o.fake, 0.01) for o in orders]),
        "recall@0.1%": np.mean([recall_at(o.score, o.fake, 0.001) for o in orders]),
        "R-prec": np.mean([r_precision(o.score, o.fake) for o in orders]),
    }
    if runs[0][1] is not None:
        purity, complete = _groups(runs)
        line |= {
            "look-alike evid %": 100 * (alike.assessment == "evidence").mean(),
            "honest evid %": 100 * (every[every.fake == 0].assessment == "evidence").mean(),
            "fake evid %": 100 * (every[every.fake == 1].assessment == "evidence").mean(),
            "fake marked %": 100 * every[every.fake == 1].assessment.isin(MARKED).mean(),
            "purity": purity,
            "complete": complete,
            "FDR": _false_discoveries(runs),
        }
    if honest:
        without = pd.concat([run[0] for run in honest])
        line["no scheme: evid %"] = 100 * (without.assessment == "evidence").mean()
        line["no scheme: marked %"] = 100 * without.assessment.isin(MARKED).mean()
    return line | {"CPU s": float(np.mean([run[3] for run in runs]))}


def average_precision(score: pd.Series, fake: pd.Series) -> float:
    """Area under precision and recall; orders of equal score count as one step."""
    steps = pd.DataFrame({"score": score, "fake": fake}).groupby("score").fake.agg(["sum", "size"])
    hits, total = steps["sum"][::-1].cumsum(), steps["size"][::-1].cumsum()
    return float((hits / total * steps["sum"][::-1]).sum() / fake.sum())


def recall_at(score: pd.Series, fake: pd.Series, rate: float) -> float:
    """Share of fake orders above the score that at most `rate` of the honest ones exceed."""
    honest = np.sort(score[fake == 0].to_numpy())[::-1]
    line = honest[int(rate * len(honest))]
    return float((score[fake == 1] > line).mean())


def r_precision(score: pd.Series, fake: pd.Series) -> float:
    """Precision among as many orders as there are fake ones."""
    top = score.sort_values(ascending=False, kind="stable").index[: int(fake.sum())]
    return float(fake.loc[top].mean())


def _groups(runs: list[Run]) -> tuple[float, float]:
    """Mean purity of the marked groups, and mean completeness of the schemes."""
    pure, whole = [], []
    for orders, *_ in runs:
        marked = orders[orders.assessment.isin(MARKED) & orders.group_id.notna()]
        for _, own in marked.groupby("group_id"):
            schemes = own[own.fake == 1]["group"].value_counts()
            if len(schemes) and schemes.sum() >= len(own) / 2:
                pure.append(schemes.iloc[0] / len(own))
        for _, ring in orders[orders.fake == 1].groupby("group"):
            best = ring[ring.assessment.isin(MARKED)].group_id.value_counts()
            whole.append(best.iloc[0] / len(ring) if len(best) else 0.0)
    return float(np.mean(pure)) if pure else float("nan"), float(np.mean(whole))


def _false_discoveries(runs: list[Run]) -> float:
    """Share of the groups marked `evidence` that hold mostly honest orders."""
    shares = [
        own.fake.mean()
        for orders, *_ in runs
        for _, own in orders[orders.assessment == "evidence"].groupby("group_id")
    ]
    return float(np.mean(np.array(shares) < 0.5)) if shares else float("nan")


def by_kind(runs: list[Run]) -> pd.DataFrame:
    """Share of the orders of each kind marked evidence, marked at all, and in any group."""
    every = pd.concat([run[0] for run in runs])
    every = every.assign(
        evidence=every.assessment == "evidence",
        marked=every.assessment.isin(MARKED),
        grouped=every.group_id.notna(),
    )
    return every.groupby(["fake", "kind"])[["evidence", "marked", "grouped"]].mean()
