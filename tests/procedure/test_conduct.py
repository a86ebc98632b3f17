import pandas as pd

from workbench.procedure import conduct_law

from .invented import make_tables, notice, orders


def law(placed):
    return conduct_law(notice(order_ids=("1001", "1002", "1003", "1004")), tables(placed))


def tables(placed):
    return make_tables(orders=orders(placed))


def test_the_day_of_the_conduct_chooses_the_text_and_not_the_day_of_the_decision():
    # The notice is of March 2026 in every case.
    old = law(["2025-10-01", "2025-10-02", "2025-10-03", "2025-10-14 23:59"])
    new = law(["2025-10-15 00:00", "2025-10-16", "2025-10-17", "2025-10-18"])
    assert list(old["law"]) == ["AUCL2019.8; AUCL2019.20", "APL.37; AUCL2025.25", "CC.509"]
    assert list(new["law"]) == ["AUCL2025.9; AUCL2025.25", "CC.509"]
    assert "200,000 to 1 million" in old["en"].iloc[0]
    assert "the floor is gone" in new["en"].iloc[0]


def test_orders_on_both_sides_are_counted_apart():
    both = law(["2025-10-13", "2025-10-14", "2025-10-15", "2025-12-01"])
    first, second, milder, contract = both.to_dict("records")
    assert (first["orders"], first["first"], first["last"]) == (
        2,
        pd.Timestamp("2025-10-13"),
        pd.Timestamp("2025-10-14"),
    )
    assert (second["orders"], second["last"]) == (2, pd.Timestamp("2025-12-01"))
    assert milder["orders"] == 2
    assert "从旧兼从轻" in milder["zh"]
    assert "《行政处罚法》（2021年修订）第三十七条" in milder["hook_zh"]
    assert contract["orders"] == 4
    assert "not an administrative penalty" in contract["en"]
    assert contract["confidence"] == "G"


def test_it_admits_nothing():
    for row in law(["2025-10-13", "2025-10-14", "2025-10-15", "2025-12-01"]).to_dict("records"):
        assert "Should an authority" in row["en"] or "AUCL2025.9" not in row["law"]


def test_without_orders_nothing_is_said():
    assert conduct_law(None, make_tables()).empty
    assert conduct_law(notice(order_ids=("7",)), make_tables()).empty
