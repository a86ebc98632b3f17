import pytest

from workbench.case import evidence_files, read_evidence
from workbench.widgets import EvidenceUpload
from workbench.widgets.file_receiver import ReceivedFile

from .conftest import HOSTILE, Shop


@pytest.fixture
def form(shop: Shop) -> EvidenceUpload:
    made = EvidenceUpload(shop.case, shop.assessment, limit=100)
    made.group_id = "G-aaaaaaaa"
    return made


def fill(form: EvidenceUpload, name: str = "scan.pdf", content: bytes = b"parcel") -> None:
    form.file.file = ReceivedFile(name, content)
    form.code.value, form.note.value, form.who.value = "E01", "from the carrier", "Li"


def test_a_file_is_in_the_case_at_once(form: EvidenceUpload, shop: Shop):
    fill(form)
    form.save.click()
    row = evidence_files(shop.case).iloc[0]
    assert (row.subject, row.subject_id, row.code) == ("group", "G-aaaaaaaa", "E01")
    assert (row["name"], row["note"], row.who) == ("scan.pdf", "from the carrier", "Li")
    assert read_evidence(shop.case, row.sha256) == b"parcel"
    assert row.sha256 in form.result.value
    assert "scan.pdf" in form.files.value
    assert form.saved == 1


def test_a_file_may_speak_for_one_order(form: EvidenceUpload, shop: Shop):
    fill(form)
    form.subject.value = ("order", "o2")
    form.save.click()
    assert evidence_files(shop.case).iloc[0].subject_id == "o2"
    assert "scan.pdf" in form.files.value


def test_after_attaching_the_next_file_must_be_chosen(form: EvidenceUpload):
    fill(form)
    form.save.click()
    assert form.file.file is None
    assert (form.note.value, form.who.value) == ("", "Li")


def test_all_that_is_missing_is_told_in_the_form(form: EvidenceUpload, shop: Shop):
    form.save.click()
    assert "Choose a file and wait until it is received" in form.result.value
    assert "Say who attaches it" in form.result.value
    assert evidence_files(shop.case).empty


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "The file is empty"), (b"x" * 101, "100 are the limit")]
)
def test_what_the_case_refuses_is_told_in_the_form(
    form: EvidenceUpload, shop: Shop, content: bytes, told: str
):
    fill(form, content=content)
    form.save.click()
    assert told in form.result.value
    assert evidence_files(shop.case).empty
    assert form.saved == 0


def test_the_catalogue_says_what_to_mind(form: EvidenceUpload):
    form.code.value = "E01"
    assert "Kept for a limited time: export early" in form.limits.value
    assert len(form.code.options) > 20
    form.code.value = ""
    assert form.limits.value == ""


def test_a_file_chosen_for_one_group_does_not_slip_over_to_another(form: EvidenceUpload):
    fill(form)
    form.group_id = "G-bbbbbbbb"
    assert form.file.file is None
    assert [subject for _, subject in form.subject.options] == [
        ("group", "G-bbbbbbbb"),
        ("order", "o4"),
        ("order", "o5"),
    ]


def test_names_of_files_are_escaped(form: EvidenceUpload):
    fill(form, name=f"{HOSTILE}.pdf")
    form.save.click()
    assert "<script>" not in form.result.value + form.files.value


def test_the_text_twin_has_no_time(form: EvidenceUpload):
    assert form.told() == "No file is attached to it yet."
    fill(form)
    form.save.click()
    digest = "550a49ead28c8f626c7026d5fad7b537003546386755f06a410a55a76055be87"
    assert form._repr_mimebundle_()["text/plain"] == f"E01 scan.pdf {digest}"
