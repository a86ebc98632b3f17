"""How one group was weighed: what each signal found, and what was taken off again."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.theme import COLOURS, PATTERNS, plain, themed, wrapped
from workbench.charts.wording import detector_word, number_text
from workbench.language import Say, words

__all__ = ["group_waterfall_chart", "group_waterfall_data", "group_waterfall_table"]

# Beyond this a longer bar would only make the others too short to read; its figure stands beside.
_MOST_DIGITS = 16.0

_COLUMNS = {
    "group_id": "str",
    "size": "int64",
    "detector": "str",
    "findings": "int64",
    "orders": "int64",
    "observed": "float64",
    "expected": "float64",
    "digits": "float64",
    "capped": "float64",
    "factor": "float64",
    "discounted": "float64",
    "because_zh": "str",
    "because_en": "str",
}


def group_waterfall_data(groups: pd.DataFrame, group_id: str) -> pd.DataFrame:
    """What each signal contributed to a group, one row per detector, the strongest first.

    `groups` is `Assessment.groups`. Columns: group_id and size (the same in every row), detector,
    findings (how many of its findings lie in the group; the strongest one is shown: they count
    once), orders, observed, expected, digits
    (−log10 of the p-value found), capped (what is counted at most), factor (1, or less where an
    innocent explanation fits), discounted (what is left), because_zh and because_en (the
    explanations that took something off). Raises KeyError for a group that is not there.
    """
    chosen = groups[groups.group_id == group_id]
    if chosen.empty:
        raise KeyError(group_id)
    group = {"group_id": group_id, "size": chosen["size"].iloc[0]}
    parts = json.loads(chosen.contributions.iloc[0])
    findings = Counter(part["detector"] for part in parts)
    first = {part["detector"]: part for part in reversed(parts)}
    rows = [
        group | {"findings": findings[part["detector"]]} | _row(part)
        for part in parts
        if first[part["detector"]] is part
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def group_waterfall_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """One bar per signal: what is left of it, what an explanation took off, what the cap took off.

    `rows` is what `group_waterfall_data` gives.
    """
    say = words("charts", language)
    labels = _labels(say, rows)
    shown = rows.digits.clip(upper=_MOST_DIGITS)
    explained, beyond = rows.capped - rows.discounted, shown - rows.capped
    parts = (
        (say("counted"), rows.discounted, "evidence"),
        (say("taken off: an innocent explanation fits"), explained, "passed"),
        (say("taken off: more than is ever counted"), beyond, "not_available"),
    )
    figure = go.Figure()
    for name, values, meaning in parts:
        figure.add_trace(
            go.Bar(
                y=labels,
                x=values.round(3).tolist(),
                orientation="h",
                name=plain(name),
                marker={
                    "color": COLOURS[meaning],
                    "pattern": {
                        "shape": PATTERNS[meaning],
                        "fillmode": "overlay",
                        "fgcolor": "white",
                        "size": 5,
                    },
                },
                customdata=_hover(rows, language),
                hovertemplate=f"{plain(name)}: %{{x:.1f}}<br>%{{customdata}}<extra></extra>",
            )
        )
    figure.add_trace(
        go.Scatter(
            y=labels,
            x=shown.round(3).tolist(),
            mode="text",
            text=[f"\N{NO-BREAK SPACE}{text}" for text in _counts(say, rows)],
            textposition="middle right",
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.update_layout(barmode="stack", bargap=0.35, legend={"traceorder": "normal"})
    figure.update_xaxes(
        # Room for the counts that stand at the end of each bar.
        range=[0, 1.5 * max(shown, default=1.0)],
        title_text=plain(say("Digits of improbability (3 = one in a thousand by chance)")),
    )
    figure.update_yaxes(autorange="reversed")
    return themed(figure, _title(say, rows), _note(say, rows), height=260 + 50 * len(rows))


def group_waterfall_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The rows of `group_waterfall_data` as a reader sees them."""
    say = words("charts", language)
    return pd.DataFrame(
        {
            say("Signal"): [detector_word(say, name) for name in rows.detector],
            say("Findings"): [number_text(say, n) for n in rows.findings],
            say("Orders"): [number_text(say, n) for n in rows.orders],
            say("Observed"): [f"{n:.4g}" for n in rows.observed],
            say("Usual here"): [f"{n:.2g}" for n in rows.expected],
            say("Digits found"): [f"{n:.1f}" for n in rows.digits],
            say("At most counted"): [f"{n:.1f}" for n in rows.capped],
            say("Digits left"): [f"{n:.1f}" for n in rows.discounted],
            say("Taken off because"): rows[f"because_{language}"],
        }
    )


def _row(part: dict) -> dict[str, object]:
    discounts = part.get("discounts", [])
    return {
        **{name: part[name] for name in _COLUMNS if name in part},
        "because_zh": "；".join(test["zh"] for test in discounts if test["factor"] < 1),
        "because_en": "; ".join(test["en"] for test in discounts if test["factor"] < 1),
    }


def _labels(say: Say, rows: pd.DataFrame) -> list[str]:
    names = [plain(detector_word(say, name)) for name in rows.detector]
    return [
        name if findings == 1 else f"{name} ×{findings}"
        for name, findings in zip(names, rows.findings, strict=True)
    ]


def _counts(say: Say, rows: pd.DataFrame) -> list[str]:
    """What was counted beside what is usual, and how many digits that is, for each bar."""
    return [
        plain(
            say(
                "{observed} seen, {expected} usual; {digits} digits",
                observed=f"{row.observed:.4g}",
                expected=f"{row.expected:.2g}",
                digits=f"{row.digits:.1f}",
            )
        )
        for row in rows.itertuples()
    ]


def _hover(rows: pd.DataFrame, language: str) -> list[str]:
    return [wrapped(text, 70) for text in rows[f"because_{language}"]]


def _title(say: Say, rows: pd.DataFrame) -> str:
    if not len(rows):
        return say("No signal to weigh")
    first = rows.iloc[int(rows.discounted.argmax())]
    return say(
        "{group}: its strongest signal, {signal}, keeps {left:.1f} of {digits:.1f} digits",
        group=first.group_id,
        signal=detector_word(say, first.detector),
        left=float(first.discounted),
        digits=float(first.digits),
    )


def _note(say: Say, rows: pd.DataFrame) -> str:
    return say(
        "n = {orders:,} orders of the group. Bars are not added up to the verdict: signals of one "
        "kind count once, and the verdict allows for how many groups were looked at.",
        orders=int(rows["size"].max()) if len(rows) else 0,
    )
