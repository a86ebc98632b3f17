import pandas as pd
import pytest

from workbench.gate.pictures_fit import picture_rows, pictures_fit

from .saying import EN, NOTHING, asked, known, told
from .test_picture import jpeg, png

COLUMNS = ["sha256", "name", "size", "copy"]
CONTENT = {
    "a" * 64: png(),
    "b" * 64: png(kind=0),
    "c" * 64: jpeg(200, 900),
    "d" * 64: jpeg()[:-2],
    "e" * 64: b"%PDF-1.4",
}


def found(*shas, copy="original", max_bytes=None):
    rows = [(sha * 64, "slip.png", len(CONTENT[sha * 64]), copy) for sha in shas]
    files = pd.DataFrame(rows, columns=COLUMNS)
    return picture_rows(files, CONTENT.__getitem__, least_pixels=300, max_bytes=max_bytes)


@pytest.mark.parametrize(
    ("sha", "more", "faults"),
    [
        ("a", {}, ()),
        ("a", {"copy": "copy"}, ("copy",)),
        ("a", {"copy": "unknown"}, ()),  # a person says
        ("a", {"max_bytes": 10}, ("too_large",)),
        ("b", {}, ("black_and_white",)),
        ("c", {}, ("too_small",)),
        ("d", {}, ("cut_off",)),
    ],
)
def test_what_makes_a_slip_void_is_seen(sha, more, faults):
    assert found(sha, **more)["faults"].tolist() == [faults]


def test_other_files_are_no_pictures_and_one_file_is_looked_at_once():
    assert found("e").empty
    assert len(found("a", "a")) == 1


def test_every_picture_is_looked_at_by_a_person():
    verdict = pictures_fit(found("a"), NOTHING)
    assert verdict.state == "needs_answer"
    assert asked(verdict) == [("gate.9." + "a" * 12, "")]
    question = verdict.questions[0]
    assert (question.quote, question.worded) == ("slip.png", False)
    assert pictures_fit(found("a"), known((question, "yes", ""))).state == "passed"
    verdict = pictures_fit(found("a"), known((question, "no", "blurred")))
    assert verdict.state == "failed"
    assert "found unfit: 1." in told(verdict)


def test_a_fault_fails_and_is_named():
    verdict = pictures_fit(found("a", "b", "c"), NOTHING)
    assert verdict.state == "failed"
    assert "Pictures: 3; with a fault: 2; looked at by a person: 0." in told(verdict)
    assert "bbbbbbbbbbbb: without colour." in told(verdict)
    assert "cccccccccccc: too small to read (200 × 900 pixels)." in told(verdict)


def test_no_picture_at_all_is_asked_about():
    verdict = pictures_fit(found(), NOTHING)
    assert (verdict.state, asked(verdict)) == ("needs_answer", [("gate.9", "")])
    assert "Does the platform's form ask for none?" in verdict.questions[0].ask(EN)
