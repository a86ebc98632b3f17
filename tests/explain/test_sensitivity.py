"""Constants move in one place, come back, and what depends on them is seen."""

import pytest

from tests.explain.made import tables
from workbench.detect import constants as detect_constants
from workbench.detect import detectors, rapid_repeat
from workbench.explain import combine, rules, weigh
from workbench.explain.combine import digits
from workbench.explain.constants import constants
from workbench.explain.moved import Constant, moved, users
from workbench.explain.sensitivity import sensitivity_data
from workbench.simulate import simulate_shop


def constant(name: str) -> Constant:
    (found,) = [one for one in constants() if one.name == name]
    return found


def test_every_constant_has_a_reason_and_a_number():
    every = constants()
    names = [name for name in vars(detect_constants) if name.isupper()]
    assert {one.name for one in every if one.room == "detect"} == set(names)
    assert {one.room for one in every} == {"detect", "weighing", "merging", "cuts", "tests"}
    assert [one.name for one in every if not one.reason] == []


def test_a_constant_of_the_detectors_moves_in_every_module_that_imported_it():
    known = constant("MIN_REPEATS")
    with moved(known, 9):
        assert detect_constants.MIN_REPEATS == 9
        assert rapid_repeat.MIN_REPEATS == 9
    assert detect_constants.MIN_REPEATS == rapid_repeat.MIN_REPEATS == known.value


def test_it_comes_back_after_an_error():
    with pytest.raises(RuntimeError), moved(constant("MIN_REPEATS"), 9):
        raise RuntimeError
    assert constant("MIN_REPEATS").value == rapid_repeat.MIN_REPEATS


def test_a_rule_moves_for_all_that_weigh():
    with moved(constant("cap_digits"), 20.0):
        assert digits(1e-40) == 20
        assert combine.WEIGHING is weigh.WEIGHING is rules.WEIGHING
    assert digits(1e-40) == 12


def test_the_factor_of_an_explanation_moves():
    with moved(constant("livestream"), 0.11):
        assert weigh.TESTS["livestream"].factor == 0.11
        assert weigh.TESTS["household"] is rules.TESTS["household"]
    assert weigh.TESTS["livestream"].factor == 0.1


def test_numbers_move_by_a_share_and_whole_ones_by_one_at_least():
    def one(value):
        return Constant("detect", "X", value, "")

    assert one(0.5).by(0.1) == pytest.approx(0.55)
    assert (one(5).by(0.1), one(5).by(-0.1), one(100).by(-0.1)) == (6, 4, 90)
    assert one((5, 200)).by(0.1) == (6, 220)
    assert one((1, 3)).by(-0.1) == (1, 2)
    # A quantile stays one: .95 lacks .05, a tenth of that is .005.
    assert (one(0.95).by(0.1), one(0.95).by(-0.1)) == pytest.approx((0.955, 0.945))


def test_who_uses_a_constant_is_known_through_helpers():
    declared = {d.name for d in detectors()}
    assert "rapid_repeat" in declared
    assert "workbench.detect.rapid_repeat" in users("GAP_STEPS")  # through rhythm
    assert "workbench.detect.rapid_repeat" in users("MIN_SHOP_ORDERS")  # through opening
    assert "workbench.detect.same_offer_burst" not in users("GAP_STEPS")


def test_what_enters_and_leaves_is_counted():
    shop = simulate_shop(3, orders=1500)
    names = ["false_discovery_rate", "MIN_REPEATS", "cap_digits"]
    rows = sensitivity_data(tables(orders=shop.orders), names, share=0.9).set_index("constant")
    assert set(rows.index) == set(names)
    assert (rows.listed == rows.listed.iloc[0]).all()
    cap = rows.loc["cap_digits"]
    # At most 1.2 digits of anything: nothing is listed any more, and nothing is new.
    assert (cap.value, cap.down_value, cap.up_value) == ("12", "1.2", "22.8")
    assert cap.down_left == cap.listed > 0
    assert (cap.down_entered, cap.up_left) == (0, 0)
    # Fewer wrong groups tolerated never list more, more never fewer.
    rate = rows.loc["false_discovery_rate"]
    assert (rate.down_value, rate.up_value) == ("0.005", "0.095")
    assert (rate.down_entered, rate.up_left) == (0, 0)
    assert (rows.loc["MIN_REPEATS"].room, rows.loc["MIN_REPEATS"].up_value) == ("detect", "11")
