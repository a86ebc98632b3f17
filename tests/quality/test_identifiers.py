"""How often strangers match on a masked value, by hand."""

from math import exp

import pytest

from workbench.quality import identifiers_data, identifiers_table
from workbench.quality.identifiers import _worth

from .made import orders_of

TIME = "2025-01-01"


def field(tables, name):
    rows = identifiers_data(tables)
    return rows[rows.field == name].iloc[0]


def test_whole_values_masked_the_same_way_come_first():
    # 200 whole numbers; the last two digits hidden: 100 shown values, two strangers each.
    whole = [(f"w{n}", TIME, f"1380013{n // 2:02d}{n % 2:02d}") for n in range(200)]
    masked = [(f"m{n}", TIME, f"1380013{n:02d}**") for n in range(10)]
    found = field(orders_of("order_id created_at phone", whole + masked), "phone")
    assert (found.basis, found.pattern, found.pattern_share) == ("whole_values", "999999999**", 1)
    # Σ n(n − 1) = 100 · 2, of 200 · 199.
    assert found.chance == pytest.approx(200 / (200 * 199))
    assert found.masked_share == pytest.approx(10 / 210)
    assert found.strangers == 10
    assert found.pairs == pytest.approx(45 / 199)
    assert found.others == pytest.approx(9 / 199)
    assert found.some == pytest.approx(1 - exp(-45 / 199))
    assert found.worth == "too_few"  # ten people
    assert found.isna()["seen"]


def test_accounts_that_are_known_whole():
    # 200 accounts; 150 masked numbers are of one account each, 25 of two.
    rows = [(f"o{n}", TIME, f"acc{n}", f"138****{n:04d}") for n in range(150)]
    rows += [(f"p{n}", TIME, f"two{n}", f"139****{n // 2:04d}") for n in range(50)]
    rows += rows[:20]  # the same account again is no other stranger
    found = field(orders_of("order_id created_at buyer_id phone", rows), "phone")
    assert (found.basis, found.strangers, found.seen) == ("accounts", 200, 25)
    assert found.chance == pytest.approx(50 / (200 * 199))
    assert found.pairs == pytest.approx(25)
    assert found.worth == "weak"  # 0.25 strangers match a given value


def test_the_visible_digits_taken_as_independent():
    # Half 138, half 139 before the mask; behind it 0 or 1 evenly, in each of two places. Nothing
    # else tells people apart, but the names.
    shown = [f"13{8 + n % 2}****{n // 2 % 2}{n // 4 % 2}" for n in range(40)]
    found = field(
        orders_of(
            "order_id created_at phone buyer_name",
            [(str(n), TIME, v, f"name {n}") for n, v in enumerate(shown)],
        ),
        "phone",
    )
    assert found.basis == "visible_part"
    assert found.chance == pytest.approx(1 / 8)  # ½ · ½ · ½
    assert found.strangers == 40
    assert found.others == pytest.approx(39 / 8)
    assert found.worth == "none"


def test_even_digits_give_ten_to_the_minus_k():
    shown = [f"138****{n:03d}" for n in range(1000)]
    found = field(
        orders_of("order_id created_at phone", [(str(n), TIME, v) for n, v in enumerate(shown)]),
        "phone",
    )
    assert found.chance == pytest.approx(1e-3)


def test_a_mask_that_shows_nothing_identifies_nobody():
    rows = [(str(n), TIME, "***", f"138****{n:04d}") for n in range(30)]
    tables = orders_of("order_id created_at buyer_name phone", rows)
    assert field(tables, "buyer_name").worth == "none"
    assert field(tables, "buyer_name").chance == 1
    assert "no identifier" in identifiers_table(identifiers_data(tables), "en").Worth[1]


@pytest.mark.parametrize(
    ("others", "strangers", "worth"),
    [(0.04, 30, "identifier"), (0.05, 30, "weak"), (1, 30, "none"), (0, 29, "too_few")],
)
def test_what_a_masked_value_is_worth(others, strangers, worth):
    assert _worth(others, strangers) == worth


def test_ciphertext_has_no_chance():
    rows = [("1", TIME, "##abc##"), ("2", TIME, "13800138000")]
    found = field(orders_of("order_id created_at phone", rows), "phone")
    assert (found.opaque_share, found.worth) == (0.5, "opaque")
    assert found.isna()["chance"]


def test_whole_values_are_no_matter_here():
    rows = [("1", TIME, "13800138000"), ("2", TIME, None)]
    assert identifiers_data(orders_of("order_id created_at phone", rows)).empty


@pytest.mark.parametrize(
    ("value", "shape"),
    [("张*", "字*"), ("สม***ย", "aa*a"), ("Jo***n", "aa*a"), ("t１２***8", "a99*9")],
)
def test_a_shape_tells_no_letter_of_any_script(value, shape):
    tables = orders_of("order_id created_at buyer_name", [("1", TIME, value)])
    assert field(tables, "buyer_name").pattern == shape
