import errno
import hashlib
import os
import stat
import tracemalloc
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.case import (
    append,
    attach,
    create_case,
    events,
    evidence_files,
    link,
    read_evidence,
    supersede,
    withdraw,
)
from workbench.case.evidence import _label
from workbench.case.evidence_store import store
from workbench.case.purge import purge
from workbench.errors import BadInput

ABC = hashlib.sha256(b"abc").hexdigest()


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case")


def give(case, content=b"abc", name="a.pdf", subject="group", subject_id="G-1", **more):
    given = {"who": "li", "code": "E02", "note": "weighed", **more}
    return attach(case, content, name, subject=subject, subject_id=subject_id, **given)


def test_a_file_lies_under_its_hash_and_reads_back(case, tmp_path):
    source = tmp_path / "scan.pdf"
    source.write_bytes(b"abc")
    file = attach(case, source, subject="order", subject_id="1", who="li")
    assert file.sha256 == ABC
    assert (file.name, file.size, file.path) == ("scan.pdf", 3, case.evidence_dir / ABC)
    assert read_evidence(case, ABC) == b"abc"
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert [path.name for path in case.evidence_dir.iterdir()] == [ABC]


def test_what_is_attached_is_listed(case):
    give(case)
    files = evidence_files(case)
    assert list(files) == [
        "sha256",
        "name",
        "size",
        "subject",
        "subject_id",
        "code",
        "note",
        "who",
        "at",
        "seq",
        "codes",
        "origin",
        "supplier",
        "captured_at",
        "copy",
        "system",
    ]
    assert files.drop(columns="at").iloc[0].tolist() == [
        ABC,
        "a.pdf",
        3,
        "group",
        "G-1",
        "E02",
        "weighed",
        "li",
        1,
        ["E02"],
        "",
        "",
        "",
        "unknown",
        "",
    ]
    assert events(case.database)["kind"].tolist() == ["evidence_added"]


def test_the_same_content_twice_is_one_file_with_two_links(case):
    give(case, subject_id="G-1")
    give(case, subject_id="G-2", name="b.pdf")
    assert len(list(case.evidence_dir.iterdir())) == 1
    assert evidence_files(case)["subject_id"].tolist() == ["G-1", "G-2"]
    assert evidence_files(case)["name"].tolist() == ["a.pdf", "b.pdf"]


def test_a_withdrawn_link_goes_and_the_file_and_history_stay(case):
    give(case, subject_id="G-1")
    give(case, subject_id="G-2")
    withdraw(case, ABC, subject="group", subject_id="G-1", reason="another parcel", who="wang")
    assert evidence_files(case)["subject_id"].tolist() == ["G-2"]
    assert read_evidence(case, ABC) == b"abc"
    assert len(events(case.database)) == 3
    with pytest.raises(BadInput, match="not attached there"):
        withdraw(case, ABC, subject="group", subject_id="G-1", reason="again", who="wang")
    with pytest.raises(BadInput, match="reason"):
        withdraw(case, ABC, subject="group", subject_id="G-2", reason=" ", who="wang")


def test_a_changed_file_is_never_handed_out(case):
    give(case).path.write_bytes(b"abd")
    with pytest.raises(BadInput, match="changed after it was attached"):
        read_evidence(case, ABC)
    give(case)
    assert read_evidence(case, ABC) == b"abc"


@pytest.mark.parametrize("sha256", ["0" * 64, "../case.toml", "", "ABC"])
def test_only_evidence_can_be_read(case, sha256):
    with pytest.raises(BadInput, match="no such evidence"):
        read_evidence(case, sha256)


def test_all_that_is_wrong_is_said_at_once(case):
    with pytest.raises(BadInput) as error:
        give(case, b"", code="weight", who="")
    assert [problem.what for problem in error.value.problems] == [
        "The file is empty",
        "Unknown evidence code 'weight'",
        "Evidence needs a name",
    ]
    assert not case.evidence_dir.exists()


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(case, tmp_path):
    source = tmp_path / "large"
    source.write_bytes(b"12345")
    assert give(case, source, max_bytes=5).size == 5
    for content in (source, b"12345"):
        with pytest.raises(BadInput, match="5 bytes; 4 are the limit"):
            give(case, content, max_bytes=4)


def test_a_file_that_is_not_there_speaks(case, tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(BadInput, match="no such file"):
            give(case, path)


def test_an_unknown_subject_stores_nothing(case):
    case.results_dir.mkdir()
    pd.DataFrame({"group_id": ["G-1"]}).to_parquet(case.results_dir / "groups.parquet")
    with pytest.raises(BadInput, match="not 'shop'"):
        give(case, subject="shop")
    with pytest.raises(BadInput, match="no group G-2"):
        give(case, subject_id="G-2")
    assert not case.evidence_dir.exists()


@settings(deadline=None)
@given(name=st.text(max_size=300))
@example("../../etc/passwd")
@example("C:\\Windows\\x.exe")
@example("a\u202efdp.exe")
@example("..")
def test_a_name_is_a_label_without_path_or_hidden_signs(name):
    label = _label(name)
    assert label
    assert len(label) <= 200
    assert not set("/\\") & set(label)
    assert label.strip(".") == label.strip()
    assert label.isprintable()


def told(case, sha256=ABC):
    files = evidence_files(case)
    return files[files["sha256"] == sha256].iloc[0].to_dict()


def test_what_is_said_of_a_file_is_kept(case):
    file = give(
        case,
        code="",
        codes=["E01", "E04", "E01"],
        origin="carrier's account, export",
        supplier="Zhang",
        captured_at=datetime(2026, 1, 8, 14, 30),
        copy="original",
        system="carrier",
    )
    row = told(case)
    assert row["codes"] == ["E01", "E04"] == list(file.codes)
    assert row["code"] == file.code == "E01"
    assert (row["origin"], row["supplier"]) == ("carrier's account, export", "Zhang")
    assert row["captured_at"] == file.captured_at == "2026-01-08T14:30:00+08:00"
    assert (row["copy"], row["system"]) == ("original", "carrier") == (file.copy, file.system)


def test_a_single_code_comes_first(case):
    assert give(case, code="E02", codes=["E01"]).codes == ("E02", "E01")
    assert told(case)["code"] == "E02"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-01-08", "2026-01-08"),
        ("2026-01-08 09:00", "2026-01-08T09:00:00+08:00"),
        ("2026-01-08T09:00:00+00:00", "2026-01-08T09:00:00+00:00"),
        (date(2026, 1, 8), "2026-01-08"),
        ("", ""),
    ],
)
def test_a_moment_is_the_shop_s_local_time_unless_it_says_otherwise(case, given, kept):
    assert give(case, captured_at=given).captured_at == kept


def test_all_that_is_wrong_with_what_is_said_is_told_at_once(case):
    with pytest.raises(BadInput) as error:
        give(
            case,
            code="",
            codes=["E31", "E02"],
            copy="maybe",
            system="carier",
            captured_at="soon",
            also_for=[("shop", "")],
        )
    assert [problem.what for problem in error.value.problems] == [
        "Unknown evidence code 'E31'",
        "Whether it is the original is not 'maybe'",
        "Unknown source system 'carier'",
        "This is no day or moment: 'soon'",
        "The subject is one of order, group, case, not 'shop'",
    ]
    with pytest.raises(BadInput, match="still to come"):
        give(case, captured_at="2999-01-01")
    assert not case.evidence_dir.exists()


def test_what_is_said_later_of_a_file_counts_wherever_it_speaks(case):
    give(case, subject_id="G-1", origin="photo from the station", copy="copy")
    give(case, subject_id="G-2", origin="export", supplier="Zhang")
    rows = evidence_files(case)
    assert rows["origin"].tolist() == ["export", "export"]
    assert rows["copy"].tolist() == ["copy", "copy"]  # the second did not say
    give(case, subject_id="G-2", copy="original")
    assert evidence_files(case)["copy"].tolist() == ["original", "original"]


def test_one_file_speaks_for_many_orders_at_once(case):
    give(case, subject="order", subject_id="1", also_for=[("order", "2"), ("order", "1")])
    assert events(case.database)["kind"].tolist() == ["evidence_added", "evidence_linked"]
    assert evidence_files(case)["subject_id"].tolist() == ["1", "2"]


def test_a_file_is_linked_to_more(case):
    give(case, subject="order", subject_id="1")
    written = link(case, ABC, [("order", "1"), ("order", "2"), ("group", "G-1")], "same", who="wu")
    assert [event.subject_id for event in written] == ["2", "G-1"]  # the first stood already
    rows = evidence_files(case)
    assert rows["subject_id"].tolist() == ["1", "2", "G-1"]
    assert rows["note"].tolist() == ["weighed", "same", "same"]
    assert rows["who"].tolist() == ["li", "wu", "wu"]
    assert rows["code"].tolist() == ["E02"] * 3
    assert link(case, ABC, [("order", "2")], who="wu") == []


def test_only_a_file_of_the_case_is_linked(case):
    with pytest.raises(BadInput) as error:
        link(case, ABC, [], who=" ")
    assert [problem.what for problem in error.value.problems] == [
        f"No evidence file {ABC}",
        "Evidence needs a name",
        "What the file speaks for is not said",
    ]


def test_a_better_file_takes_the_place_of_another_wherever_it_speaks(case):
    give(case, b"photocopy", subject="order", subject_id="1", copy="copy")
    give(case, b"photocopy", subject="order", subject_id="2", copy="copy")
    new = give(case, b"original", subject="order", subject_id="2", copy="original").sha256
    old = hashlib.sha256(b"photocopy").hexdigest()
    supersede(case, old, new, reason="the original was found", who="wu")
    rows = evidence_files(case)
    assert sorted(zip(rows["subject_id"], rows["sha256"], strict=True)) == [("1", new), ("2", new)]
    assert rows["copy"].tolist() == ["original", "original"]
    assert read_evidence(case, old) == b"photocopy"


def test_to_supersede_can_be_undone(case):
    give(case, b"old", subject="order", subject_id="1")
    new = give(case, b"new", subject="case", subject_id="").sha256
    old = hashlib.sha256(b"old").hexdigest()
    event = supersede(case, old, new, reason="better", who="wu")
    assert set(evidence_files(case)["sha256"]) == {new}
    body = {"events": [event.hash], "reason": "it was another parcel"}
    append(case.database, who="wu", kind="undo", subject_kind="case", body=body)
    rows = evidence_files(case)
    assert list(zip(rows["subject_id"], rows["sha256"], strict=True)) == [("1", old), ("", new)]


def test_what_cannot_be_superseded_is_said(case):
    give(case)
    with pytest.raises(BadInput) as error:
        supersede(case, ABC, ABC, reason="", who="")
    assert [problem.what for problem in error.value.problems] == [
        "A file cannot take its own place",
        "To supersede a file needs a reason",
        "Evidence needs a name",
    ]
    with pytest.raises(BadInput, match="No evidence file 0000"):
        supersede(case, ABC, "0" * 64, reason="r", who="wu")


def test_an_earlier_day_shows_what_was_attached_then(case):
    give(case, subject_id="G-1")
    at = events(case.database)["at"].iloc[-1]
    give(case, subject_id="G-2")
    withdraw(case, ABC, subject="group", subject_id="G-1", reason="wrong", who="wu")
    assert evidence_files(case)["subject_id"].tolist() == ["G-2"]
    assert evidence_files(case, until=at)["subject_id"].tolist() == ["G-1"]


def test_a_purged_file_speaks_for_nothing_and_may_come_again(case):
    give(case, subject="order", subject_id="1")
    purge(case, reason="closed", who="wu")
    assert evidence_files(case).empty
    give(case, subject="order", subject_id="1")
    assert len(evidence_files(case)) == 1


def test_a_large_file_is_copied_in_parts(case, tmp_path):
    source = tmp_path / "video.mp4"
    size = 48 * 1024 * 1024
    with source.open("wb") as file:
        file.truncate(size)
    tracemalloc.start()
    stored = give(case, source)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stored.size == size
    assert peak < size / 4
    with source.open("rb") as file:
        assert stored.sha256 == hashlib.file_digest(file, "sha256").hexdigest()


def test_the_file_is_in_place_before_the_event(case, monkeypatch):
    def stop(*given, **more):
        assert (case.evidence_dir / ABC).read_bytes() == b"abc"
        raise OSError("the machine stops here")

    monkeypatch.setattr("workbench.case.evidence.append_many", stop)
    with pytest.raises(OSError, match="stops"):
        give(case)
    assert events(case.database).empty


def test_a_full_disk_is_told_and_leaves_nothing(case, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.case.evidence_store.os.fsync", full)
    with pytest.raises(BadInput, match="No space left"):
        give(case)
    assert list(case.evidence_dir.iterdir()) == []
    assert events(case.database).empty


def test_a_file_that_grows_while_it_is_read_is_refused(case, monkeypatch):
    monkeypatch.setattr("workbench.case.evidence_store.size_problems", lambda *given: [])
    with pytest.raises(BadInput, match="6 bytes; 5 are the limit"):
        store(case, b"123456", 5)
    assert list(case.evidence_dir.iterdir()) == []


def test_what_was_left_half_written_long_ago_is_removed(case):
    give(case)
    old, new = case.evidence_dir / ".part-old", case.evidence_dir / ".part-new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    give(case, b"another")
    assert not old.exists()
    assert new.exists()  # somebody else may be writing it
