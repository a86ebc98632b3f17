from datetime import datetime, timedelta

import pandas as pd
import pytest

from workbench.language import LANGUAGES, words
from workbench.procedure import CHRONOLOGY_COLUMNS, condensed
from workbench.procedure.contradictions import contradiction_words, contradictions
from workbench.procedure.moments import Moment, sentence

T0 = datetime(2026, 2, 3, 10, 0)


def chronicle(*moments, groups=None):
    """Rows as `chronology` gives them, of moments made by hand."""
    rows = []
    for one, flags in zip(moments, contradictions(moments), strict=True):
        names = ("at", "kind", "step", "order_id", "source_file", "source_row", "event")
        row = {name: getattr(one, name) for name in names}
        row["group_id"] = (groups or {}).get(one.order_id, one.group_id)
        row["flag"] = "; ".join(flags)
        for language in LANGUAGES:
            row[language] = sentence(one, language)
            row[f"flag_{language}"] = contradiction_words(flags, words("procedure", language))
        rows.append(row)
    frame = pd.DataFrame(rows, columns=CHRONOLOGY_COLUMNS)
    return frame.astype({"source_row": "Int64", "event": "Int64"})


def trade(orders, steps=("placed", "paid", "moved"), **more):
    return [
        Moment(
            T0 + timedelta(hours=n, minutes=m),
            step,
            f"O{n}",
            figures={"parcel": "A"},
            source_row=n + 2,
            **more,
        )
        for n in range(orders)
        for m, step in enumerate(steps)
    ]


def scan(step, at, order):
    return Moment(at, step, order, figures={"parcel": "A"}, waybill="A")


DECIDED = Moment(datetime(2026, 3, 1), "decided")
SENT = Moment(datetime(2026, 3, 5), "sent", figures={"attempt": 1}, event=4)


def test_few_moments_stay_as_they_are():
    rows = chronicle(*trade(2, ("placed",)), DECIDED)
    short = condensed(rows)
    assert short.left_out == 0
    assert list(short.rows["en"]) == [
        "Order O0: The order is placed.",
        "Order O1: The order is placed.",
        "The platform decides.",
    ]
    assert list(short.rows["count"]) == [1, 1, 1]


def test_many_become_the_first_the_last_and_the_count():
    rows = chronicle(*trade(3, ("placed",)), DECIDED)
    short = condensed(rows)
    first = short.rows.iloc[0]
    assert first["en"] == "Placed: 3 orders; the last at 2026-02-03 12:00."
    assert first["zh"] == "下单：3 笔订单，最后一次 2026-02-03 12:00。"
    assert (first["at"], first["last_at"]) == (T0, T0 + timedelta(hours=2))
    assert (first["count"], first["source_row"], first["order_id"]) == (3, 2, "")
    assert short.left_out == 0


def test_several_moments_of_one_order_are_told_as_times():
    moments = [Moment(T0 + timedelta(hours=n), "moved", f"O{n % 2}") for n in range(5)]
    told = condensed(
        chronicle(*(Moment(m.at, m.step, m.order_id, figures={"parcel": "A"}) for m in moments))
    )
    assert told.rows["en"].iloc[0] == (
        "Scanned on the way: 2 orders, 5 times; the last at 2026-02-03 14:00."
    )


def test_groups_are_kept_apart_while_there_is_room():
    groups = {f"O{n}": f"G-{n % 2}" for n in range(8)}
    rows = chronicle(*trade(8, ("placed", "paid")), DECIDED, groups=groups)
    assert len(condensed(rows).rows) == 5
    assert "of group G-0" in condensed(rows).rows["en"].iloc[0]
    # With less room only the first step keeps its groups, and then none does.
    assert list(condensed(rows, 4).rows["group_id"]) == ["G-0", "", "G-1", ""]
    assert list(condensed(rows, 3).rows["group_id"]) == ["", "", ""]
    assert condensed(rows, 3).left_out == 0


def test_a_contradiction_is_not_lost_in_the_crowd():
    odd = [Moment(T0 + timedelta(days=9), "signed", "O1", figures={"parcel": "A"}, waybill="A")]
    odd += [
        Moment(T0 + timedelta(days=10), "collected", "O1", figures={"parcel": "A"}, waybill="A")
    ]
    rows = chronicle(*trade(6), *odd)
    told = condensed(rows, 80).rows
    (one,) = told[told["flag"].ne("")].to_dict("records")
    assert one["en"] == (
        "Order O1: Parcel A is signed for. Contradiction: signed for before the carrier collected "
        "it (2026-02-13 10:00)."
    )


def test_many_contradictions_of_one_kind_are_one_row():
    moments = []
    for n in range(4):
        at = T0 + timedelta(days=n)
        moments += [Moment(at, "paid", f"O{n}"), Moment(at + timedelta(hours=1), "placed", f"O{n}")]
    told = condensed(chronicle(*moments)).rows
    (one,) = told[told["flag"].ne("")].to_dict("records")
    assert one["count"] == 4
    assert one["en"].endswith("Contradiction: paid before the order was placed.")
    assert one["zh"].endswith("矛盾：付款早于下单。")


@pytest.mark.parametrize("room", [1, 2, 3, 4])
def test_what_is_left_out_is_counted_and_the_case_is_kept_longest(room):
    rows = chronicle(*trade(5), DECIDED, SENT)
    short = condensed(rows, room)
    assert len(short.rows) == room
    assert short.left_out + short.rows["count"].sum() == len(rows) == 17
    kept = list(short.rows["step"])
    assert kept == sorted(kept, key=["placed", "paid", "moved", "decided", "sent"].index)
    assert kept[-min(room, 2) :] == ["decided", "sent"][: min(room, 2)]
    assert "moved" not in kept


def test_nothing_at_all():
    short = condensed(chronicle())
    assert (len(short.rows), short.left_out) == (0, 0)
