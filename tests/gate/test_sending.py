import pytest

from workbench.gate.sending import Limits, Sending, fits

from .saying import NOTHING, asked, known, told

SURE = Limits(files=2, file_bytes=1000, confirmed=True)
TWO = Sending([("a" * 64, 400), ("b" * 64, 1000)])


def test_what_fits_passes_and_is_counted():
    verdict = fits(["1", "2"], TWO, SURE, NOTHING)
    assert (verdict.state, asked(verdict)) == ("passed", [])
    assert (
        told(verdict)
        == "Files to be sent: 2 (1,400 bytes); defended orders that they prove: 2 of 2."
    )


@pytest.mark.parametrize(
    ("sending", "limits", "says"),
    [
        (TWO, Limits(1, 1000, True), "More files than the platform takes (1)."),
        (TWO, Limits(2, 999, True), "what the platform takes: bbbbbbbbbbbb."),
        (Sending(TWO.chosen, ["2"]), SURE, "they prove: 1 of 2."),
    ],
)
def test_what_does_not_fit_fails(sending, limits, says):
    verdict = fits(["1", "2"], sending, limits, NOTHING)
    assert verdict.state == "failed"
    assert says in told(verdict)
    assert list(verdict.orders) == list(sending.uncovered)


@pytest.mark.parametrize(
    "limits", [Limits(), Limits(2, None, True), Limits(None, 1000, True), Limits(2, 1000, False)]
)
def test_limits_that_nobody_confirmed_are_asked(limits):
    verdict = fits(["1"], TWO, limits, NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.19", "")])
    given = known((verdict.questions[0], "yes", "9 files of 5 MB, read on the form"))
    assert fits(["1"], TWO, limits, given).state == "passed"


def test_too_much_fails_though_nobody_confirmed_the_limit():
    assert fits(["1"], TWO, Limits(1, None), NOTHING).state == "failed"


def test_nothing_chosen_is_no_pass():
    assert fits(["1"], Sending(), SURE, NOTHING).state == "needs_answer"
    assert fits([], TWO, SURE, NOTHING).state == "needs_answer"
