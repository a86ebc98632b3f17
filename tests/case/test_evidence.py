import hashlib
import stat

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.case import attach, create_case, events, evidence_files, read_evidence, withdraw
from workbench.case.evidence import _label
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
