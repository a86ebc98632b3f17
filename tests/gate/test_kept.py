import hashlib

import pytest

from workbench.case import attach, create_case
from workbench.gate.kept import changed_files, keep_submission, kept_submissions


@pytest.fixture
def case(tmp_path):
    made = create_case(tmp_path / "case")
    made.sources_dir.mkdir()
    source = b"order_id\n1\n"
    (made.sources_dir / hashlib.sha256(source).hexdigest()).write_bytes(source)
    return made


def test_whole_files_are_counted(case):
    one = attach(case, b"x", "a", subject="order", subject_id="1", who="Li")
    assert changed_files(case, [one.sha256, one.sha256]) == (1, [])


def test_a_changed_or_lost_file_is_named_by_its_hash(case):
    one = attach(case, b"x", "a", subject="order", subject_id="1", who="Li")
    one.path.write_bytes(b"y")
    source = next(case.sources_dir.iterdir())
    source.write_bytes(b"order_id\n2\n")
    lost = "f" * 64
    assert changed_files(case, [one.sha256, lost]) == (
        1,
        [one.sha256[:12], "f" * 12, source.name[:12]],
    )


def test_a_submission_is_copied_and_a_damaged_copy_is_none(case, tmp_path):
    pack = tmp_path / "appeal.zip"
    pack.write_bytes(b"PK pack")
    sha256 = keep_submission(case, pack)
    assert sha256 == hashlib.sha256(b"PK pack").hexdigest()
    assert keep_submission(case, pack) == sha256
    assert kept_submissions(case) == {sha256}
    (case.exports_dir / "submitted" / f"{sha256}.zip").write_bytes(b"other")
    assert kept_submissions(case) == frozenset()
