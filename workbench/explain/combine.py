"""Weigh findings into one p-value per group: cap, discount, combine within and across families.

Sources: Liu & Xie (2020), "Cauchy combination test", JASA 115, 393-402, valid where p-values
share data; Bonferroni inside a family; Benjamini & Hochberg (1995), JRSS B 57, 289-300.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from workbench.explain.rules import WEIGHING

__all__ = ["cauchy", "digits", "discounted", "false_discovery", "likelihood", "weight"]


def digits(p_value: float, *, ambiguous: bool = False) -> float:
    """Evidence in digits, −log10 p, capped: 12 for p = 1e-40, 0 for p = 1.

    The cap of an `ambiguous` signal lies lower: it supports, and does not accuse.
    """
    cap = WEIGHING["cap_digits"]
    if ambiguous:
        cap = min(cap, WEIGHING["ambiguous_digits"])
    return cap if p_value <= 10**-cap else max(0.0, -math.log10(p_value))


def discounted(p_value: float, factors: Sequence[float], *, ambiguous: bool = False) -> float:
    """Evidence in digits, capped first and multiplied by the factors afterwards.

    The order matters: a p-value of 40 digits times 0.1 would otherwise keep 4 of them.
    """
    return digits(p_value, ambiguous=ambiguous) * math.prod(factors)


def cauchy(p_values: Sequence[float], among: int) -> float:
    """One p-value from those of several families that share orders.

    `among` is the number of families that ran; one that found nothing stands for p = 0.5 and
    adds nothing to the sum. The result never exceeds 1.
    """
    # tan((0.5 - p) π) = cot(p π), which keeps its digits where p is tiny.
    total = sum(1 / math.tan(min(p, 1 - 1e-15) * math.pi) for p in p_values) / among
    return math.atan2(1, total) / math.pi


def false_discovery(p_values: Sequence[float], hypotheses: int) -> np.ndarray:
    """Benjamini-Hochberg q-values of the groups reported out of `hypotheses` that were possible.

    Those not reported count as p = 1, so leaving them out makes no group look better.
    """
    p = np.asarray(p_values, dtype=float)
    tested = max(hypotheses, len(p))
    order = np.argsort(p, kind="stable")
    raw = p[order] * tested / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0)
    return q


def weight(by_family: Mapping[str, float]) -> float:
    """Ranking weight of a group in digits: e1 + e2/2 + e3/4 … of its families' evidence."""
    return sum(e / 2**n for n, e in enumerate(sorted(by_family.values(), reverse=True)))


def likelihood(unexplained: float, explained: float, hypotheses: int) -> float:
    """A stand-in for 1 − local false-discovery rate: how likely a group is no accident, 0 to 1.

    A logistic curve of the evidence in digits: one half at the digits that a single group needs
    in a shop of so many hypotheses, ten to one for every `digits_per_decade` above. Of what an
    innocent explanation accounts for only `explained_share` counts, so that an explained group
    ranks below those that nothing explains. It ranks; it becomes a probability only once decided
    cases calibrate it (see `workbench.explain.calibration`).
    """
    evidence = unexplained + WEIGHING["explained_share"] * explained
    line = math.log10(max(hypotheses, 1) / WEIGHING["false_discovery_rate"])
    return 1 / (1 + 10 ** ((line - evidence) / WEIGHING["digits_per_decade"]))
