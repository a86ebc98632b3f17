from workbench.procedure import CHECKS
from workbench.procedure.check_tests import TESTS
from workbench.procedure.law import provision

AUTOMATIC = {
    "F01", "F02", "F03", "F04", "F06", "F07", "F08", "F09", "F10", "F11", "F12", "F13", "F15",
    "F16", "F18", "F20", "F21", "F23",
}  # fmt: skip


def test_all_twenty_three_are_there_in_order():
    assert list(CHECKS) == [f"F{n:02}" for n in range(1, 24)]


def test_each_check_is_told_in_both_languages_and_rests_on_law():
    for check in CHECKS.values():
        told = (check.question_zh, check.question_en, check.data_zh, check.data_en)
        assert all((*told, check.ask_zh, check.ask_en)), check.code
        assert check.question_zh.endswith("？")
        assert check.question_en.endswith("?")
        assert check.hooks
        assert check.by in ("decision", "change", "appeal")


def test_what_the_data_can_tell_is_tested_and_every_test_is_used():
    assert {code for code, check in CHECKS.items() if check.test} == AUTOMATIC
    assert {check.test for check in CHECKS.values() if check.test} == set(TESTS)


def test_checks_that_rest_on_order_116_or_117_alone_are_these():
    alone = {
        code
        for code, check in CHECKS.items()
        if {hook.instrument for hook in check.hooks} <= {"O116", "O117"}
    }
    assert alone == {"F06", "F09", "F11", "F21", "F22"}


def test_sureness_is_that_of_the_weakest_leg():
    hooks = (provision("EC.33"), provision("O116.damages"))
    assert CHECKS["F01"].sureness(hooks) == "V-sec"
    assert CHECKS["F01"].sureness(hooks[:1]) == "V"
    # That the same orders may not be punished twice is an argument, whatever it rests on.
    assert CHECKS["F15"].sureness(hooks[:1]) == "G"
    assert CHECKS["F16"].sureness(()) == "G"
