from pathlib import Path

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


def test_all_that_is_said_of_the_file_is_kept(form: EvidenceUpload, shop: Shop):
    fill(form)
    about = form.about
    about.also.value, about.copy.value, about.system.value = ("E04", "E01"), "original", "station"
    about.origin.value, about.supplier.value = "export", "Zhang"
    about.captured_at.value = "2025-03-02 10:00"
    form.save.click()
    row = evidence_files(shop.case).iloc[0]
    assert row.codes == ["E01", "E04"]
    assert (row["copy"], row.system, row.origin) == ("original", "station", "export")
    assert (row.supplier, row.captured_at) == ("Zhang", "2025-03-02T10:00:00+08:00")
    for told in ("E01 E04", "original", "export; Zhang", "2025-03-02 10:00"):
        assert told in form.files.value


def test_a_file_may_speak_for_several_orders(form: EvidenceUpload, shop: Shop):
    fill(form)
    form.subject.value = (("order", "o2"), ("order", "o3"))
    form.save.click()
    assert evidence_files(shop.case)["subject_id"].tolist() == ["o2", "o3"]
    assert "o2, o3" in form.files.value
    assert form.files.value.count("scan.pdf") == 1


def test_what_it_speaks_for_must_be_picked(form: EvidenceUpload, shop: Shop):
    fill(form)
    form.subject.value = ()
    form.save.click()
    assert "Pick what the file speaks for" in form.result.value
    assert evidence_files(shop.case).empty


def test_after_saving_the_strength_of_the_orders_is_told(form: EvidenceUpload):
    fill(form)
    form.save.click()
    assert "◔ weak 3" in form.result.value
    fill(form, "film.mp4", b"film")
    form.code.value, form.subject.value = "E06", (("order", "o2"),)
    form.save.click()
    assert "◕ sufficient 1 · ◔ weak 2" in form.result.value


def test_after_attaching_nothing_slips_over_to_the_next_file(form: EvidenceUpload):
    fill(form)
    form.about.origin.value, form.about.also.value = "export", ("E04",)
    form.about.copy.value, form.about.system.value = "original", "station"
    form.save.click()
    assert form.file.file is None
    assert (form.note.value, form.who.value) == ("", "Li")
    assert (form.code.value, form.about.origin.value, form.about.also.value) == ("", "", ())
    assert (form.about.copy.value, form.about.system.value) == ("unknown", "")


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


def test_a_day_that_is_none_is_told_and_what_was_typed_stays(form: EvidenceUpload, shop: Shop):
    fill(form)
    form.about.captured_at.value = "last week"
    form.save.click()
    assert "This is no day or moment" in form.result.value
    assert evidence_files(shop.case).empty
    assert (form.about.captured_at.value, form.note.value) == ("last week", "from the carrier")


def test_the_catalogue_says_what_to_mind(form: EvidenceUpload):
    form.code.value = "E01"
    assert "Kept for a limited time: export early" in form.about.limits.value
    assert len(form.code.options) == 31
    form.code.value = ""
    assert form.about.limits.value == ""


def test_the_kind_says_the_source_system_unless_a_person_does(form: EvidenceUpload):
    form.code.value = "E01"
    assert form.about.system.options[0] == ("as its kind says: carrier", "")
    form.about.system.value = "shop"
    form.code.value = "E06"
    assert form.about.system.options[0] == ("as its kind says: warehouse", "")
    assert form.about.system.value == "shop"
    form.code.value = ""
    assert form.about.system.options[0] == ("not known", "")


def test_a_file_that_lies_on_disk_is_taken_from_there(
    form: EvidenceUpload, shop: Shop, tmp_path: Path
):
    source = tmp_path / "received"
    source.write_bytes(b"parcel")
    fill(form)
    form.file.file = ReceivedFile("film.mp4", source)
    form.save.click()
    row = evidence_files(shop.case).iloc[0]
    assert (row["name"], read_evidence(shop.case, row.sha256)) == ("film.mp4", b"parcel")


def test_a_file_chosen_for_one_group_does_not_slip_over_to_another(form: EvidenceUpload):
    fill(form)
    form.group_id = "G-bbbbbbbb"
    assert form.file.file is None
    assert [subject for _, subject in form.subject.options] == [
        ("group", "G-bbbbbbbb"),
        ("order", "o4"),
        ("order", "o5"),
    ]
    assert form.subject.value == (("group", "G-bbbbbbbb"),)


def test_what_others_typed_is_escaped(form: EvidenceUpload):
    fill(form, name=f"{HOSTILE}.pdf")
    form.about.origin.value = form.about.supplier.value = HOSTILE
    form.save.click()
    assert "<script>" not in form.result.value + form.files.value
    assert "&lt;script&gt;" in form.files.value


def test_the_text_twin_has_no_time(form: EvidenceUpload):
    assert form.told() == "No file is attached to it yet."
    fill(form)
    form.save.click()
    digest = "550a49ead28c8f626c7026d5fad7b537003546386755f06a410a55a76055be87"
    assert form._repr_mimebundle_()["text/plain"] == f"E01 scan.pdf {digest}"
