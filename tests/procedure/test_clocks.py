from datetime import datetime

import pandas as pd

from workbench.procedure import record_clocks

from .invented import make_tables, orders

NOW = datetime(2026, 3, 5)


def clocks(case, tables, ids=("1001", "1002"), now=NOW):
    return record_clocks(case, tables, ids, now).set_index("record")


def test_the_platform_keeps_records_three_years_from_completion(case):
    done = pd.to_datetime(["2026-02-20", "2026-02-15", "2026-02-10", None, "2026-02-15"])
    found = clocks(case, make_tables(orders=orders(completed_at=done)))
    # Of 1001 and 1002 the first to be completed was 1002.
    assert found.loc["platform", "until"] == pd.Timestamp("2029-02-15")
    assert found.loc["platform", "en"] == (
        "The platform has to keep the record of the oldest of these orders (2026-02-15) until "
        "2029-02-15 at least: 1078 days more."
    )
    assert found.loc["platform", "hook_en"] == "E-Commerce Law of the PRC, article 31"
    assert found.loc["platform", "confidence"] == "V"


def test_an_order_that_was_never_completed_counts_from_when_it_was_placed(case):
    found = clocks(case, make_tables(), ("1003",))
    assert found.loc["platform", "until"] == pd.Timestamp("2029-02-05")


def test_the_clock_has_run_out_on_the_day_itself(case):
    last = clocks(case, make_tables(), ("1003",), datetime(2029, 2, 4))
    over = clocks(case, make_tables(), ("1003",), datetime(2029, 2, 5))
    assert last.loc["platform", "en"].endswith("1 days more.")
    assert "ended on 2029-02-05" in over.loc["platform", "en"]


def test_how_long_a_carrier_keeps_its_records_is_said_to_be_unknown(case):
    carrier = clocks(case, make_tables()).loc["carrier"]
    assert pd.isna(carrier["until"])
    assert "is not known" in carrier["en"]
    assert carrier["confidence"] == "G"


def test_orders_that_the_data_lack(case):
    found = clocks(case, make_tables(), ("7",))
    assert pd.isna(found.loc["platform", "until"])
    assert "three years" in found.loc["platform", "en"]


def test_without_names_all_orders_count(case):
    assert clocks(case, make_tables(), ()).loc["platform", "until"] == pd.Timestamp("2029-02-03")
