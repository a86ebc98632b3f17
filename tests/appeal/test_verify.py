import ast
import hashlib
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.appeal import checker
from workbench.appeal.bag import write_bag
from workbench.appeal.verify import Verification, verify_pack
from workbench.errors import BadInput

PAYLOAD = {"letter.txt": b"We ask for a review.\n" * 20, "evidence/a.jpg": b"\x89picture"}
Entries = list[tuple[str, bytes]]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    out = tmp_path / "pack.zip"
    write_bag(out, PAYLOAD, folder="p", info={"Bagging-Date": "2026-01-09"}, tags={"t": b"t"})
    return out


def entries_of(pack: Path) -> Entries:
    with zipfile.ZipFile(pack) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def rewrite(pack: Path, entries: Entries) -> None:
    """What somebody makes who has the same program: only the files are other ones."""
    with pack.open("wb") as file:
        listed = []
        for name, content in entries:
            listed.append((name, zlib.crc32(content), len(content)))
            file.write(checker.local_header(*listed[-1]) + content)
        file.write(checker.directory(listed))


def told(checked: Verification) -> set[tuple[str, str]]:
    return {(problem.where, problem.what) for problem in checked.problems}


def test_a_pack_as_it_was_made(pack: Path):
    checked = verify_pack(pack)
    assert checked.ok
    assert checked.problems == ()
    assert set(checked.files) == {
        "data/letter.txt",
        "data/evidence/a.jpg",
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
        "t",
        "tagmanifest-sha256.txt",
    }
    assert checked.seal == hashlib.sha256(dict(entries_of(pack))["p/" + checker._TAGS]).hexdigest()


def change(name: str) -> Callable[[Entries], Entries]:
    return lambda entries: [(n, c + b"x" if n == name else c) for n, c in entries]


def drop(name: str) -> Callable[[Entries], Entries]:
    return lambda entries: [(n, c) for n, c in entries if n != name]


def add(name: str) -> Callable[[Entries], Entries]:
    return lambda entries: [*entries, (name, b"new")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("tamper", "where", "what"),
    [
        (change("p/data/letter.txt"), "data/letter.txt", "is not what it was"),
        (change("p/data/evidence/a.jpg"), "data/evidence/a.jpg", "is not what it was"),
        (change("p/manifest-sha256.txt"), "manifest-sha256.txt", "is not what it was"),
        (change("p/bag-info.txt"), "bag-info.txt", "is not what it was"),
        (change("p/bagit.txt"), "bagit.txt", "does not declare BagIt 1.0 in UTF-8"),
        (change("p/t"), "t", "is not what it was"),
        (drop("p/data/letter.txt"), "data/letter.txt", "is missing"),
        (drop("p/t"), "t", "is missing"),
        (drop("p/manifest-sha256.txt"), "manifest-sha256.txt", "is missing"),
        (drop("p/tagmanifest-sha256.txt"), "tagmanifest-sha256.txt", "is missing"),
        (
            add("p/data/new.txt"),
            "data/new.txt",
            "was added: manifest-sha256.txt does not list it",
        ),
        (add("p/new.txt"), "new.txt", "was added: tagmanifest-sha256.txt does not list it"),
        (add("beside.txt"), "beside.txt", "has an unsafe path"),
        (add("q/x.txt"), "zip", "must hold one folder and nothing beside it"),
        (add("p/data/letter.txt"), "p/data/letter.txt", "is in the zip 2 times"),
        (add("p/../../evil.txt"), "p/../../evil.txt", "has an unsafe path"),
        (add("/evil.txt"), "/evil.txt", "has an unsafe path"),
        (add("p\\evil.txt"), "p\\evil.txt", "has an unsafe path"),
        (add("C:/evil.txt"), "C:/evil.txt", "has an unsafe path"),
    ],
)
def test_tampering_is_told_by_file(
    pack: Path, tamper: Callable[[Entries], Entries], where: str, what: str
):
    rewrite(pack, tamper(entries_of(pack)))
    checked = verify_pack(pack)
    assert not checked.ok
    assert (where, what) in told(checked)


def test_only_the_changed_file_is_named(pack: Path):
    entries = entries_of(pack)
    rewrite(pack, [(n, c.replace(b"We", b"I") if n.endswith("r.txt") else c) for n, c in entries])
    problems = verify_pack(pack).problems
    assert {p.where for p in problems} == {"data/letter.txt", "bag-info.txt"}
    assert "Payload-Oxum says 428.2, the pack holds 408.2" in {p.what for p in problems}


def test_a_manifest_made_to_fit_is_caught_by_the_tag_manifest_and_then_by_the_seal(pack: Path):
    sealed = verify_pack(pack).seal
    entries = dict(entries_of(pack))
    old = hashlib.sha256(entries["p/data/letter.txt"]).hexdigest()
    entries["p/data/letter.txt"] = b"We admit it all. ...\n" * 20
    new = hashlib.sha256(entries["p/data/letter.txt"]).hexdigest()
    manifest = "p/manifest-sha256.txt"
    before = hashlib.sha256(entries[manifest]).hexdigest().encode()
    entries[manifest] = entries[manifest].replace(old.encode(), new.encode())
    rewrite(pack, list(entries.items()))
    assert told(verify_pack(pack)) == {("manifest-sha256.txt", "is not what it was")}
    after = hashlib.sha256(entries[manifest]).hexdigest().encode()
    tags = "p/tagmanifest-sha256.txt"
    entries[tags] = entries[tags].replace(before, after)
    rewrite(pack, list(entries.items()))
    assert verify_pack(pack).ok
    assert not verify_pack(pack, sealed).ok
    assert verify_pack(pack, verify_pack(pack).seal.upper()).ok


@pytest.mark.parametrize(
    ("line", "what"),
    [(b"not a line\n", "line 3 cannot be read"), (b"0" * 64 + b"  data/letter.txt\n", "again")],
)
def test_a_manifest_that_cannot_be_read(pack: Path, line: bytes, what: str):
    entries = dict(entries_of(pack))
    entries["p/manifest-sha256.txt"] += line
    rewrite(pack, list(entries.items()))
    assert any(what in text for _, text in told(verify_pack(pack)))


def test_a_cut_off_zip_is_damaged_not_bad_input(pack: Path):
    pack.write_bytes(pack.read_bytes()[:-30])
    checked = verify_pack(pack)
    assert not checked.ok
    assert "cut off or damaged" in checked.problems[0].what


def test_what_is_no_pack_at_all(tmp_path: Path):
    with pytest.raises(BadInput, match="no such file"):
        verify_pack(tmp_path / "absent.zip")
    with pytest.raises(BadInput, match="no such file"):
        verify_pack(tmp_path)
    (tmp_path / "x.zip").write_text("hello")
    with pytest.raises(BadInput, match="not a zip file"):
        verify_pack(tmp_path / "x.zip")


def test_a_zip_that_is_no_bag(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("p/readme.txt", "hello")
    assert ("bagit.txt", "is missing") in told(verify_pack(tmp_path / "x.zip"))
    with zipfile.ZipFile(tmp_path / "y.zip", "w"):
        pass
    assert not verify_pack(tmp_path / "y.zip").ok


def test_a_file_that_unpacks_beyond_measure_is_not_unpacked(
    pack: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(checker, "SMALL_BYTES", 1000)
    with zipfile.ZipFile(pack, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p/data/zeros", bytes(1_000_000))
    assert ("p/data/zeros", "unpacks to 1000000 bytes: refused") in told(verify_pack(pack))
    monkeypatch.setattr(checker, "MAX_BYTES", 500)
    assert ("zip", "unpacks to more than 500 bytes") in told(verify_pack(pack))


def test_a_pack_that_was_packed_anew_is_told_though_its_files_are_whole(pack: Path):
    entries = entries_of(pack)
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    assert told(verify_pack(pack)) == {
        ("data/evidence/a.jpg", "lies in the zip file otherwise than it was put there")
    }


@pytest.mark.parametrize("gap", [b"hidden", b"\0"])
def test_what_hides_between_or_behind_the_files_is_told(pack: Path, gap: bytes):
    raw = pack.read_bytes()
    pack.write_bytes(raw + gap)
    assert not verify_pack(pack).ok
    at = raw.index(b"PK\1\2")
    pack.write_bytes(raw[:at] + gap + raw[at:])
    assert not verify_pack(pack).ok


def test_a_size_that_lies_is_caught(pack: Path):
    # The directory at the end of the zip claims one byte less than there is.
    raw = bytearray(pack.read_bytes())
    at = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"p/data/letter.txt"))
    raw[at + 24 : at + 28] = (419).to_bytes(4, "little")
    pack.write_bytes(raw)
    assert ("data/letter.txt", "is not what it was") in told(verify_pack(pack))


def test_links_comments_and_encryption_are_told(pack: Path):
    link = zipfile.ZipInfo("p/data/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.comment = b"hello"
    found = told(verify_pack(pack))
    assert ("p/data/link", "is a link or a device, not a file") in found
    assert ("zip", "carries a comment that no manifest covers") in found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_byte_is_told(tmp_path_factory, data: st.DataObject):
    pack = tmp_path_factory.mktemp("flip") / "p.zip"
    write_bag(pack, PAYLOAD, folder="p", info={"Bagging-Date": "2026-01-09"})
    raw = bytearray(pack.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    pack.write_bytes(raw)
    try:
        checked = verify_pack(pack)
    except BadInput:
        return
    assert not checked.ok


def test_every_byte_of_a_pack_is_looked_at(tmp_path: Path):
    pack = tmp_path / "p.zip"
    write_bag(pack, {"a.txt": b"one", "说明.txt": b""}, folder="p", info={})
    raw = pack.read_bytes()
    for place in range(len(raw)):
        pack.write_bytes(raw[:place] + bytes([raw[place] ^ 0x20]) + raw[place + 1 :])
        try:
            found = not verify_pack(pack).ok
        except BadInput:
            found = True
        assert found, f"byte {place} of {len(raw)}"


@pytest.mark.parametrize("size", [0xFFFFFFFE, 0xFFFFFFFF, 0x1_0000_0005])
def test_python_reads_the_lists_of_large_packs(tmp_path: Path, size: int):
    # The large file itself is a hole: only what stands around it is looked at.
    files = [("p/large", 7, size), ("p/说明", 9, 3)]
    with (tmp_path / "large.zip").open("wb") as file:
        for name, checksum, length in files:
            file.write(checker.local_header(name, checksum, length))
            file.seek(length, 1)
        file.write(checker.directory(files))
    with zipfile.ZipFile(tmp_path / "large.zip") as archive:
        told = [(e.filename, e.CRC, e.file_size, e.compress_size) for e in archive.infolist()]
        second = archive.infolist()[1]
    assert told == [(name, checksum, length, length) for name, checksum, length in files]
    assert second.header_offset == len(checker.local_header(*files[0])) + size
    assert checker._between_faults(tmp_path / "large.zip", archive.infolist()) == []


def told_events(*changes: dict[str, object], keep: int = 3) -> bytes:
    """Three linked events as lines, the second changed."""
    lines, previous = [], "0" * 64
    for seq in (1, 2, 3):
        salt, body = f"{seq}" * 64, {"text": f"note {seq}"}
        told = json.dumps(body, separators=(",", ":"))
        event: dict[str, object] = {
            "seq": seq,
            "at": f"2026-01-0{seq}T00:00:00.000000+00:00",
            "who": "li",
            "kind": "note",
            "subject_kind": "case",
            "subject_id": "",
            "body_hash": hashlib.sha256(f"{salt}\n{told}".encode()).hexdigest(),
            "origin": "",
            "previous_hash": previous,
        }
        text = json.dumps(event, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(text.encode()).hexdigest()
        event |= {"hash": previous, "salt": salt, "body": body}
        if seq == 2:
            for change in changes:
                event |= change
            event = {name: value for name, value in event.items() if value is not None}
        lines.append(json.dumps(event))
    HEADS.append(previous)
    return "\n".join(lines[:keep]).encode() + b"\n"


HEADS: list[str] = []


def history_pack(out: Path, events: bytes, head: str | None = None) -> set[tuple[str, str]]:
    info = {"Event-Chain-Head": head or HEADS[-1]}
    write_bag(out, {"events.jsonl": events}, folder="p", info=info)
    return told(verify_pack(out))


def test_the_chain_of_events_is_made_again(tmp_path: Path):
    assert history_pack(tmp_path / "x.zip", told_events()) == set()
    masked = {"masked": True, "salt": None, "body": {"text": "▒"}}
    assert history_pack(tmp_path / "y.zip", told_events(masked)) == set()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"who": "wang"}, "event 2 was changed after it was written"),
        ({"body": {"text": "x"}}, "event 2 says something else than when it was written"),
        ({"salt": "0" * 64}, "event 2 says something else than when it was written"),
        ({"salt": None}, "event 2 lacks the salt of its body"),
        ({"previous_hash": "0" * 64}, "event 2 does not follow from the one before it"),
        ({"seq": 7}, "event 2 is missing: number 7 stands in its place"),
        ({"hash": None}, "event 2 cannot be read"),
    ],
)
def test_a_changed_event_is_named_though_the_manifests_fit(
    tmp_path: Path, change: dict[str, object], what: str
):
    found = history_pack(tmp_path / "x.zip", told_events(change))
    assert ("data/events.jsonl", what) in found


def test_events_that_were_cut_off_are_noticed(tmp_path: Path):
    found = history_pack(tmp_path / "x.zip", told_events(keep=2))
    assert {where for where, _ in found} == {"data/events.jsonl"}
    assert "does not end with the event" in next(iter(found))[1]


def test_the_checker_runs_alone(pack: Path, tmp_path: Path):
    alone = tmp_path / "alone" / "verify.py"
    alone.parent.mkdir()
    alone.write_bytes(Path(checker.__file__).read_bytes())

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(alone), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    good = run(str(pack))
    assert good.returncode == 0
    assert verify_pack(pack).seal in good.stdout
    assert run(str(tmp_path / "absent")).returncode == 2
    assert run().returncode == 2
    assert run(str(pack), "0" * 64).returncode == 1
    rewrite(pack, change("p/data/letter.txt")(entries_of(pack)))
    bad = run(str(pack))
    assert bad.returncode == 1
    assert "data/letter.txt: is not what it was" in bad.stdout


def test_the_checker_needs_only_the_standard_library():
    tree = ast.parse(Path(checker.__file__).read_text("utf-8"))
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    } | {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert imported <= set(sys.stdlib_module_names)
