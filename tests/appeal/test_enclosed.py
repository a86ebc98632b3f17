"""Evidence and its time stamps go in byte for byte, or not at all."""

import hashlib
import zipfile

import pytest
from invented_matter import Example, make_example

from workbench.appeal import build_pack, verify_pack
from workbench.case import Case, append, attach
from workbench.errors import BadInput

TOKEN = b"what the authority answered"
NAME = hashlib.sha256(TOKEN).hexdigest()


@pytest.fixture
def own(tmp_path) -> Example:
    return make_example(tmp_path / "own")


def stamp(case: Case, sha256: str) -> int:
    """As `workbench timestamp` keeps an answer."""
    (case.evidence_dir / NAME).write_bytes(TOKEN)
    body = {"sha256": sha256, "token": NAME, "authority": "A", "at": "2026-01-06T09:00:00+00:00"}
    given = {"kind": "timestamp", "subject_kind": "case", "body": body}
    return append(case.database, who="Li", **given).seq


def packed(example: Example, out):
    return build_pack(example.case, out, tables=example.tables, assessment=example.assessment)


def test_a_time_stamp_goes_with_its_file(own: Example, tmp_path):
    file = attach(own.case, b"scans", "scans.pdf", subject="order", subject_id="1001", who="Li")
    seq = stamp(own.case, file.sha256)
    # That of a file which is not enclosed, such as an earlier pack, stays at home.
    stamp(own.case, "0" * 64)
    made = packed(own, tmp_path / "p.zip")
    name = f"data/timestamps/{file.sha256[:12]}_event-{seq}.tsr"
    assert [one for one in made.files if "timestamps/" in one] == [name]
    with zipfile.ZipFile(made.path) as archive:
        [inside] = [one for one in archive.namelist() if one.endswith(name)]
        assert archive.read(inside) == TOKEN
        [about] = [one for one in archive.namelist() if one.endswith("data/README.txt")]
        assert "openssl ts -verify" in archive.read(about).decode()
    assert verify_pack(made.path).ok


def test_a_changed_time_stamp_is_not_handed_over(own: Example, tmp_path):
    file = attach(own.case, b"scans", "scans.pdf", subject="order", subject_id="1001", who="Li")
    seq = stamp(own.case, file.sha256)
    (own.case.evidence_dir / NAME).write_bytes(b"another answer")
    with pytest.raises(BadInput, match=f"The time stamp of event {seq} is not what it was"):
        packed(own, tmp_path / "p.zip")
    (own.case.evidence_dir / NAME).unlink()
    with pytest.raises(BadInput, match=f"The time stamp of event {seq} is gone"):
        packed(own, tmp_path / "p.zip")
    assert not (tmp_path / "p.zip").exists()
