"""Time stamps against an authority of our own, over the network of this machine and by file."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from workbench.case import attach, create_case, events, open_case, read_evidence
from workbench.cli import main
from workbench.errors import BadInput
from workbench.proof import timestamps as module
from workbench.proof.timestamps import (
    check_timestamps,
    keep_answer,
    read_roots,
    stamp,
    timestamps,
    verify_timestamp,
    write_request,
)

from .stamp_authority import make_authority, serve

CONTENT = b"scans of a parcel"
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return make_authority(tmp_path_factory.mktemp("authority") / "a")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return make_authority(tmp_path_factory.mktemp("stranger") / "a")


@pytest.fixture
def served(authority):
    with serve(authority) as found:
        yield found


@pytest.fixture
def case(tmp_path):
    made = create_case(tmp_path / "case")
    attach(made, CONTENT, "scans.pdf", subject="case", code="E01", who="Li")
    return made


def kinds(case):
    return events(case.database)["kind"].tolist()


def test_only_the_hash_leaves_and_the_answer_is_kept(case, served, authority):
    before = datetime.now(UTC)
    found = stamp(case, SHA, f"{served.url}/tsa?x=1", who="Li", roots=read_roots(authority.root))
    [(path, kind, sent)] = served.requests
    assert (path, kind) == ("/tsa?x=1", "application/timestamp-query")
    # 70 bytes: its form, the hash and a random number.
    assert hashlib.sha256(CONTENT).digest() in sent
    assert CONTENT not in sent
    assert len(sent) < 75
    assert found.trusted
    assert found.sha256 == SHA
    assert found.authority == "CN=Test tsa,O=Test"
    assert abs(found.at - before) < timedelta(minutes=1)
    [row] = timestamps(case).to_dict("records")
    assert row["sha256"] == SHA
    assert row["authority"] == f"{served.url}/tsa?x=1"
    assert row["stamped_at"] == found.at
    assert row["who"] == "Li"
    token = read_evidence(case, row["token"])
    assert verify_timestamp(token, SHA, read_roots(authority.root)).at == found.at
    assert check_timestamps(case, read_roots(authority.root)) == []


def test_openssl_reads_the_request_and_agrees_with_the_answer(case, authority, tmp_path):
    query = write_request(case, SHA, tmp_path / "out.tsq")
    told = subprocess.run(
        ["openssl", "ts", "-query", "-in", query, "-text"], check=True, capture_output=True
    )
    assert "Hash Algorithm: sha256" in told.stdout.decode()
    answer = tmp_path / "in.tsr"
    answer.write_bytes(authority.reply(query.read_bytes()))
    found = keep_answer(case, SHA, answer.read_bytes(), who="Li")
    assert not found.trusted
    [row] = timestamps(case).to_dict("records")
    assert row["authority"] == "CN=Test tsa,O=Test"
    file = tmp_path / "scans.pdf"
    file.write_bytes(CONTENT)
    given = ("-in", case.evidence_dir / row["token"], "-data", file, "-CAfile", authority.root)
    checked = subprocess.run(["openssl", "ts", "-verify", *given], check=True, capture_output=True)
    assert b"Verification: OK" in checked.stdout + checked.stderr


def test_a_pack_is_stamped_by_its_path(case, served, authority, tmp_path):
    pack = tmp_path / "appeal.zip"
    pack.write_bytes(b"PK")
    found = stamp(case, pack, served.url, who="Li")
    assert found.sha256 == hashlib.sha256(b"PK").hexdigest()


def test_a_stamp_of_something_else_is_not_kept(case, authority, tmp_path):
    (tmp_path / "other").write_bytes(b"other")
    query = write_request(case, tmp_path / "other", tmp_path / "out.tsq")
    answer = authority.reply(query.read_bytes())
    with pytest.raises(BadInput, match="of something else"):
        keep_answer(case, SHA, answer, who="Li")
    assert kinds(case) == ["evidence_added"]
    assert len(list(case.evidence_dir.iterdir())) == 1


def test_another_authority_s_root_does_not_do(case, served, stranger):
    with pytest.raises(BadInput, match="does not hold"):
        stamp(case, SHA, served.url, who="Li", roots=read_roots(stranger.root))
    assert kinds(case) == ["evidence_added"]
    stamp(case, SHA, served.url, who="Li")
    [problem] = check_timestamps(case, read_roots(stranger.root))
    assert "does not hold" in problem.what


def test_no_byte_of_a_token_can_be_changed(case, served, authority):
    stamp(case, SHA, served.url, who="Li")
    token = bytearray(read_evidence(case, timestamps(case)["token"][0]))
    roots = read_roots(authority.root)
    at = verify_timestamp(bytes(token), SHA, roots).at
    passed = []
    for place in range(0, len(token), 3):
        changed = bytearray(token)
        changed[place] ^= 1 << place % 8
        try:
            passed.append((place, verify_timestamp(bytes(changed), SHA, roots)))
        except BadInput:
            continue
    # What a signature does not cover (form, certificates beside the chain) may pass; it then
    # says the same of the same file.
    assert all((found.sha256, found.at) == (SHA, at) for _, found in passed)
    assert len(passed) < len(token) / 3 / 4


def test_a_replayed_answer_is_refused(case, served, authority, tmp_path):
    query = write_request(case, SHA, tmp_path / "old.tsq")
    served.answer = authority.reply(query.read_bytes())
    with pytest.raises(BadInput, match="does not belong to this request"):
        stamp(case, SHA, served.url, who="Li")


def test_a_refusal_is_told(case, served):
    served.config = "refusing.cnf"
    with pytest.raises(BadInput, match="no time stamp: refused"):
        stamp(case, SHA, served.url, who="Li")
    assert kinds(case) == ["evidence_added"]


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\x30\x03\x02\x01\x00", b"\x30" * 500])
def test_what_is_no_answer_is_refused(case, served, answer):
    served.answer = answer
    with pytest.raises(BadInput, match="no answer of a time-stamp authority"):
        stamp(case, SHA, served.url, who="Li")


def test_neither_redirections_nor_endless_answers_are_followed(case, served):
    served.status = 302
    with pytest.raises(BadInput, match="answers 302"):
        stamp(case, SHA, served.url, who="Li")
    assert len(served.requests) == 1
    served.status, served.answer = 200, b"x" * 1_000_001
    with pytest.raises(BadInput, match="too long"):
        stamp(case, SHA, served.url, who="Li")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "127.0.0.1",
        "http://",
        "http://a b/",
        "http://host:0/",
        "http://host:99999999/",
        "http://[broken/",
        "http://host/\r\nX: y",
        "http://name:secret@host/",
    ],
)
def test_only_a_plain_address_is_asked(case, monkeypatch, url):
    def never(*_, **__):
        raise AssertionError("something was sent")

    monkeypatch.setattr("http.client.HTTPConnection.request", never)
    with pytest.raises(BadInput, match="address") as raised:
        stamp(case, SHA, url, who="Li")
    assert "secret" not in str(raised.value)


def test_nothing_is_sent_unless_an_authority_is_named(case, monkeypatch):
    monkeypatch.setattr(module, "ask", lambda *_: pytest.fail("something was sent"))
    with pytest.raises(BadInput) as raised:
        stamp(case, SHA, "", who=" ")
    told = [problem.what for problem in raised.value.problems]
    assert told == ["A time stamp needs a name", "No time-stamp authority is named"]


def test_nobody_listens(case):
    with pytest.raises(BadInput, match="does not answer"):
        stamp(case, SHA, "http://127.0.0.1:9/", who="Li")


def test_what_cannot_be_stamped(case, served, tmp_path):
    (tmp_path / "empty").touch()
    for what, told in (
        ("0" * 64, "no such evidence file"),
        (tmp_path / "absent", "cannot be read"),
        (tmp_path / "empty", "is empty"),
    ):
        with pytest.raises(BadInput, match=told):
            stamp(case, what, served.url, who="Li")
    assert served.requests == []


def test_roots_must_be_certificates(tmp_path, authority):
    (tmp_path / "no.pem").write_text("nothing")
    for file in (tmp_path / "no.pem", tmp_path / "absent.pem"):
        with pytest.raises(BadInput, match="cannot be read"):
            read_roots(file)
    with pytest.raises(BadInput, match="No root"):
        verify_timestamp(b"", SHA, [])
    with pytest.raises(BadInput, match="no SHA-256"):
        verify_timestamp(b"", "abc", read_roots(authority.root))


def test_a_lost_or_changed_token_is_told(case, served, authority):
    stamp(case, SHA, served.url, who="Li")
    [token] = timestamps(case)["token"]
    (case.evidence_dir / token).write_bytes(b"other")
    [problem] = check_timestamps(case, read_roots(authority.root))
    assert "changed" in problem.what
    (case.evidence_dir / token).unlink()
    [problem] = check_timestamps(case, read_roots(authority.root))
    assert "no such evidence file" in problem.what


def test_without_the_extra_one_message_says_what_to_install(case, monkeypatch):
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    monkeypatch.setattr(module, "ask", lambda *_: pytest.fail("something was sent"))
    for do in (
        lambda: stamp(case, SHA, "http://127.0.0.1:9/", who="Li"),
        lambda: keep_answer(case, SHA, b"x", who="Li"),
        lambda: read_roots(case.path / "case.toml"),
    ):
        with pytest.raises(BadInput, match=r"pip install '\.\[timestamps\]'"):
            do()


def told(capsys, *arguments):
    code = main(["timestamp", "--json", *map(str, arguments)])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_command_asks_keeps_and_checks(case, served, authority, stranger, tmp_path, capsys):
    here = ("--case", case.path)
    root = ("--roots", authority.root)
    code, said = told(capsys, *here, SHA, "--authority", served.url, "--who", "Li", *root)
    assert (code, said["sha256"], said["trusted"]) == (0, SHA, True)
    query, answer = tmp_path / "q.tsq", tmp_path / "a.tsr"
    assert told(capsys, *here, SHA, "--request", query) == (0, {"ok": True, "file": str(query)})
    answer.write_bytes(authority.reply(query.read_bytes()))
    code, said = told(capsys, *here, SHA, "--response", answer, "--who", "Li")
    assert (code, said["trusted"]) == (0, False)
    code, said = told(capsys, *here, *root)
    assert (code, said["ok"], said["checked"], len(said["stamps"])) == (0, True, True, 2)
    code, said = told(capsys, *here, "--roots", stranger.root)
    assert (code, said["ok"], len(said["problems"])) == (1, False, 2)
    assert told(capsys, *here)[1]["checked"] is False
    assert len(served.requests) == 1


def test_the_command_speaks_to_people(case, served, authority, tmp_path, capsys):
    here = ["timestamp", "--case", str(case.path)]
    assert main(here) == 0
    assert "no time stamps" in capsys.readouterr().out
    assert main([*here, SHA]) == 2
    assert "--authority URL" in capsys.readouterr().err
    assert main([*here, SHA, "--authority", served.url, "--who", "Li"]) == 0
    assert "give --roots" in capsys.readouterr().out
    assert main([*here, SHA, "--request", str(tmp_path / "q.tsq")]) == 0
    assert "Nothing was sent" in capsys.readouterr().out
    assert main([*here, SHA, "--request", str(tmp_path / "q.tsq")]) == 2
    assert main([*here, SHA, "--response", str(tmp_path / "absent"), "--who", "Li"]) == 2
    assert main(here) == 0
    assert "Not checked" in capsys.readouterr().out


def test_a_case_that_is_moved_takes_its_stamps_along(case, served, authority, tmp_path):
    stamp(case, SHA, served.url, who="Li")
    shutil.move(case.path, tmp_path / "moved")
    moved = open_case(tmp_path / "moved")
    assert check_timestamps(moved, read_roots(authority.root)) == []
