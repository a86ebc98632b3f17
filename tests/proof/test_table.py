from workbench.case import attach, link, withdraw
from workbench.proof import evidence_table

COLUMNS = ["sha256", "name", "size", "codes", "origin", "supplier", "captured_at", "copy"]
COLUMNS += ["system", "note", "subjects", "who", "at"]


def test_an_empty_case_has_the_columns(case):
    assert list(evidence_table(case)) == COLUMNS
    assert evidence_table(case).empty


def test_one_row_per_file_whatever_it_speaks_for(case):
    more = {"origin": "export", "supplier": "Zhang", "captured_at": "2026-01-08", "who": "li"}
    scans = {"code": "E01", "note": "scans", "copy": "original", **more}
    sha = attach(case, b"scan", "s.csv", subject="group", subject_id="G-1", **scans).sha256
    attach(case, b"film", "f.mp4", subject="order", subject_id="o2", who="wu")
    attach(case, b"scan", "again.csv", subject="order", subject_id="o9", codes=["E04"], who="wu")
    link(case, sha, [("order", "o3")], "of o3", who="wu")
    first, second = evidence_table(case).to_dict("records")
    assert (first["sha256"], first["name"], first["size"]) == (sha, "s.csv", 4)
    assert first["codes"] == ["E01", "E04"]
    assert (first["origin"], first["supplier"]) == ("export", "Zhang")
    assert (first["captured_at"], first["copy"]) == ("2026-01-08", "original")
    assert (first["system"], first["who"]) == ("carrier", "li")
    assert first["subjects"] == [("group", "G-1"), ("order", "o9"), ("order", "o3")]
    assert first["note"] == "scans; of o3"
    assert (second["name"], second["system"], second["codes"]) == ("f.mp4", "", [])


def test_a_file_that_speaks_for_nothing_is_not_listed(case):
    sha = attach(case, b"x", "x", subject="order", subject_id="o1", who="li").sha256
    withdraw(case, sha, subject="order", subject_id="o1", reason="wrong", who="li")
    assert evidence_table(case).empty
