import pytest

from workbench.gate.sending import fits
from workbench.proof.smallest_set import Exhibit, Limits, smallest_set

from .saying import NOTHING, asked, known, told

SURE = Limits(files=2, file_bytes=1000)
SCANS, MONEY, FILM = "a" * 64, "b" * 64, "c" * 64
PROOF = {
    "1": [
        Exhibit(SCANS, "carrier", neutral=True, size=400),
        Exhibit(MONEY, "bank", neutral=True, size=900),
        Exhibit(FILM, "own", neutral=False, size=700),
    ],
    "2": [
        Exhibit(SCANS, "carrier", neutral=True, size=400),
        Exhibit(FILM, "own", neutral=False, size=700),
    ],
}


def verdict(limits=SURE, given=NOTHING, proof=PROOF, confirmed=True):
    found = smallest_set(proof, limits)
    return fits(list(proof), found, limits, given, confirmed=confirmed)


def test_the_smallest_set_that_fits_passes_and_is_told():
    passed = verdict()
    assert (passed.state, asked(passed), list(passed.orders)) == ("passed", [], [])
    # The carrier and the shop's own film prove both orders: the bank's paper is not needed.
    assert told(passed).startswith("2 files (1,100 bytes) prove 2 orders")


@pytest.mark.parametrize(
    ("limits", "orders"),
    [
        (Limits(files=1, file_bytes=1000), ["1", "2"]),  # two sources do not fit into one file
        (Limits(files=2, file_bytes=600), ["1", "2"]),  # the film is too large
    ],
)
def test_what_does_not_fit_fails_and_names_the_orders(limits, orders):
    failed = verdict(limits)
    assert failed.state == "failed"
    assert list(failed.orders) == orders


def test_an_order_that_no_file_proves_fails():
    failed = verdict(proof={**PROOF, "3": [Exhibit(FILM, "own", neutral=False, size=700)]})
    assert (failed.state, list(failed.orders)) == ("failed", ["3"])


@pytest.mark.parametrize(
    ("limits", "confirmed"),
    [(Limits(), True), (Limits(2), True), (Limits(None, 1000), True), (SURE, False)],
)
def test_limits_that_nobody_confirmed_are_asked(limits, confirmed):
    open_ = verdict(limits, confirmed=confirmed)
    assert (open_.state, asked(open_)) == ("needs_answer", [("gate.19", "")])
    given = known((open_.questions[0], "yes", "9 files of 5 MB, read on the form"))
    assert verdict(limits, given, confirmed=confirmed).state == "passed"


def test_too_much_fails_though_nobody_confirmed_the_limit():
    assert verdict(Limits(files=1), confirmed=False).state == "failed"


def test_nothing_to_choose_is_no_pass():
    assert verdict(proof={"1": []}).state == "failed"
    assert fits([], smallest_set({}), SURE, NOTHING, confirmed=True).state == "needs_answer"
