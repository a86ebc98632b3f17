import pandas as pd

from workbench.gate.handed_over import files_kept, personal_data, plan_made, second_reader

from .saying import NOTHING, asked, known, told

SIGNED = ["who", "current", "second_person"]
SENT = ["attempt", "pack"]


def test_masked_and_with_a_basis_passes():
    verdict = personal_data(True, [], NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.13", "")])
    basis = known((verdict.questions[0], "yes", "art. 13(1)(2), performing the contract"))
    assert personal_data(True, [], basis).state == "passed"
    assert "basis for handing it over is recorded" in told(personal_data(True, [], basis))


def test_unmasked_needs_a_decision_and_the_basis_too():
    verdict = personal_data(False, [], NOTHING)
    basis = known((verdict.questions[0], "yes", "contract"))
    assert personal_data(False, [], basis).state == "failed"
    assert personal_data(False, ["the platform asks for whole numbers"], basis).state == "passed"


def test_a_changed_file_is_named():
    verdict = files_kept(2, 1, ["abcdef012345", "case.db, event 3"])
    assert verdict.state == "failed"
    assert "abcdef012345, case.db, event 3." in told(verdict)
    assert told(files_kept(2, 1, [])) == (
        "Hashed again and unchanged: evidence files 2, sources 1, and the chain of events."
    )


def signed(*rows):
    return pd.DataFrame(rows, columns=SIGNED).astype({"current": bool, "second_person": bool})


def sent(*rows):
    return pd.DataFrame(rows, columns=SENT)


def test_a_second_person_who_signed_what_stands_is_enough():
    verdict = second_reader(signed(("Wang", True, True)), sent((1, "p")), {"p"})
    assert verdict.state == "passed"
    assert told(verdict) == "Read and signed by Wang, as it stands now."


def test_nobody_signed_or_it_went_stale():
    assert second_reader(signed(), sent(), set()).state == "needs_answer"
    stale = second_reader(signed(("Wang", False, True)), sent(), set())
    assert stale.state == "failed"
    assert "changed after" in told(stale)
    assert second_reader(signed(("Wang", True, False)), sent(), set()).state == "failed"


def test_a_submission_without_a_copy_is_told():
    verdict = second_reader(signed(("Wang", True, True)), sent((1, ""), (2, "q")), {"p"})
    assert verdict.state == "failed"
    assert told(verdict).endswith("No copy is kept of what was sent as attempt 1, 2.")


def test_what_follows_a_rejection_is_asked():
    verdict = plan_made(NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.16", "")])
    assert plan_made(known((verdict.questions[0], "yes", "weights of E02"))).state == "passed"
