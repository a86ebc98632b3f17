"""Check that a pack is what it was. Needs nothing but Python: `python verify.py PACK.zip`.

This file travels inside every pack as verify.py. It reads the zip file in place, writes nothing
and runs nothing of what it finds. It looks at every byte: the files against the manifests, and
all that lies between them against what their names and sizes ask for. It also makes the chain of
events in data/events.jsonl again, from the first to the one that bag-info.txt names. A pack that
was taken apart and put together anew by this program is consistent too: only the seal, compared
with what the sender told you, shows that it is theirs.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

MAX_FILES = 100_000
MAX_BYTES = 50 * 1024**3
# A file that unpacks to more than both is no honest part of a pack.
MAX_RATIO = 400
SMALL_BYTES = 64 * 1024**2

_CHUNK = 1 << 20
_PAYLOAD = "manifest-sha256.txt"
_TAGS = "tagmanifest-sha256.txt"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_REQUIRED = ("bagit.txt", "bag-info.txt", _PAYLOAD, _TAGS)
_LINE = re.compile(r"([0-9a-fA-F]{64}) [ *]?(\S.*)")
_EVENTS = "data/events.jsonl"
_HEAD = re.compile(r"^Event-Chain-Head:[ \t]*(\S+)[ \t]*$", re.MULTILINE)
# What stands in a line beside the fields that the hash of the event binds.
_BESIDE = ("hash", "body", "salt", "masked", "purged")
_FIRST = "0" * 64
_OXUM = re.compile(r"^Payload-Oxum:[ \t]*(\d+)\.(\d+)[ \t]*$", re.MULTILINE)
_DRIVE = re.compile(r"^[A-Za-z]:")
# The zip file as it is written: files as they are, one behind the other, then the list of them. All
# numbers but checksum, size and place are the same in every pack (APPNOTE.TXT, version 6.3).
_LOCAL = struct.Struct("<4s5H3L2H")
_LISTED = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_VERSION, _UNIX, _UTF8 = 45, 3 << 8, 0x800
_NO_TIME, _NO_DAY = 0, 1 << 5 | 1  # midnight, 1 January 1980
_PLAIN_FILE = 0o100644 << 16
_MAX32, _MAX16 = 0xFFFFFFFF, 0xFFFF
_UNREADABLE: tuple[type[Exception], ...] = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
)


class NotAPack(Exception):
    """There is no such file, or it is no zip file at all."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not what it was: which file (or part of the pack), and what about it."""

    where: str
    what: str


@dataclass(frozen=True)
class Result:
    """`files` are the paths found; `seal` is the SHA-256 of the tag manifest, "" without one."""

    faults: tuple[Fault, ...]
    files: tuple[str, ...]
    seal: str


def check(path: Path, seal: str = "") -> Result:
    """Check every file of the pack against its manifests, the manifests, and the zip itself.

    With `seal` also that the pack is the one whose sender told that seal. Raises NotAPack when
    there is no such file or it is no zip file; a damaged zip file gives a fault.
    """
    path = Path(path)
    if not path.is_file():
        raise NotAPack("There is no such file")
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] != b"PK":
        raise NotAPack("This is not a zip file")
    try:
        with ZipFile(path) as archive:
            result = _check_archive(archive, path.stat().st_size, seal)
            between = _between_faults(path, archive.infolist())
    except _UNREADABLE as error:
        fault = Fault(path.name, f"the zip file is cut off or damaged ({error})")
        return Result((fault,), (), "")
    return Result((*result.faults, *between), result.files, result.seal)


def local_header(name: str, checksum: int, size: int) -> bytes:
    """What stands before a file in the zip: its name, CRC-32 and size, and nothing else."""
    encoded, large = name.encode(), size >= _MAX32
    extra = struct.pack("<2H2Q", 1, 16, size, size) if large else b""
    shown = _MAX32 if large else size
    fixed = (_VERSION, _UTF8, 0, _NO_TIME, _NO_DAY, checksum, shown, shown)
    return _LOCAL.pack(b"PK\3\4", *fixed, len(encoded), len(extra)) + encoded + extra


def directory(files: Iterable[tuple[str, int, int]]) -> bytes:
    """The end of the zip: the list of its files (name, CRC-32, size), in the order they lie in."""
    listed, place, count = [], 0, 0
    for name, checksum, size in files:
        encoded = name.encode()
        large = [number for number in (size, size, place) if number >= _MAX32]
        extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
        shown = min(size, _MAX32)
        fixed = (_UNIX | _VERSION, _VERSION, _UTF8, 0, _NO_TIME, _NO_DAY, checksum, shown, shown)
        lengths = (len(encoded), len(extra), 0, 0, 0)
        place_shown = min(place, _MAX32)
        record = _LISTED.pack(b"PK\1\2", *fixed, *lengths, _PLAIN_FILE, place_shown)
        listed.append(record + encoded + extra)
        place += len(local_header(name, checksum, size)) + size
        count += 1
    whole = b"".join(listed)
    return whole + _end(count, len(whole), place)


def _end(count: int, length: int, place: int) -> bytes:
    last = b""
    if count >= _MAX16 or length >= _MAX32 or place >= _MAX32:
        fixed = (_END64.size - 12, _UNIX | _VERSION, _VERSION, 0, 0, count, count, length, place)
        last = _END64.pack(b"PK\6\6", *fixed)
        last += _LOCATOR.pack(b"PK\6\7", 0, place + length, 1)
    few = min(count, _MAX16)
    shown = (min(length, _MAX32), min(place, _MAX32))
    return last + _END.pack(b"PK\5\6", 0, 0, few, few, *shown, 0)


def _between_faults(path: Path, entries: list[ZipInfo]) -> list[Fault]:
    """What is not as it was between the files, and behind them."""
    place = 0
    with path.open("rb") as file:
        for entry in entries:
            expected = local_header(entry.filename, entry.CRC, entry.file_size)
            file.seek(place)
            if file.read(len(expected)) != expected:
                told = "lies in the zip file otherwise than it was put there"
                return [Fault(_inside(entry.filename), told)]
            place += len(expected) + entry.file_size
        expected = directory((one.filename, one.CRC, one.file_size) for one in entries)
        file.seek(place)
        if file.read(len(expected) + 1) != expected:
            return [Fault("zip", "the list of files at its end is not what it was")]
    return []


def _inside(name: str) -> str:
    return name.split("/", 1)[-1]


def _check_archive(archive: ZipFile, packed: int, seal: str) -> Result:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    faults = _entry_faults(archive, entries, packed)
    if faults:
        # Names and sizes that lie make every later answer worthless: nothing is unpacked.
        return Result(tuple(faults), tuple(entry.filename for entry in entries), "")
    bag = _Bag(archive, {entry.filename.split("/", 1)[1]: entry for entry in entries})
    missing = [Fault(name, "is missing") for name in _REQUIRED if name not in bag.entries]
    found = bag.digest(_TAGS) if _TAGS in bag.entries else ""
    faults = [*missing, *_bag_faults(bag)]
    if seal and seal.strip().lower() != found:
        faults.append(Fault(_TAGS, f"the seal is {found or 'absent'}, not {seal.strip()}"))
    return Result(tuple(dict.fromkeys(faults)), tuple(bag.entries), found)


def _entry_faults(archive: ZipFile, entries: list[ZipInfo], packed: int) -> list[Fault]:
    """What is wrong with the zip file before anything is unpacked."""
    faults = []
    names = Counter(entry.filename for entry in archive.infolist())
    faults += [Fault(name, f"is in the zip {n} times") for name, n in names.items() if n > 1]
    faults += [Fault(name, "has an unsafe path") for name in names if not _safe(name)]
    if len({name.split("/")[0] for name in names}) != 1:
        faults.append(Fault("zip", "must hold one folder and nothing beside it"))
    if archive.comment:
        faults.append(Fault("zip", "carries a comment that no manifest covers"))
    if len(names) > MAX_FILES:
        faults.append(Fault("zip", f"holds more than {MAX_FILES} files"))
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        faults.append(Fault("zip", f"unpacks to more than {MAX_BYTES} bytes"))
    if sum(entry.compress_size for entry in entries) > packed:
        faults.append(Fault("zip", "holds files that overlap each other"))
    for entry in entries:
        if entry.file_size > SMALL_BYTES and entry.file_size > MAX_RATIO * entry.compress_size:
            faults.append(Fault(entry.filename, f"unpacks to {entry.file_size} bytes: refused"))
        if (entry.external_attr >> 16) & 0o170000 not in (0, 0o100000):
            faults.append(Fault(entry.filename, "is a link or a device, not a file"))
    return faults


def _safe(name: str) -> bool:
    inside = name.removesuffix("/")
    parts = inside.split("/")
    plain = "\\" not in name and name.isprintable() and not _DRIVE.match(name)
    whole = len(parts) > 1 or name.endswith("/")
    return plain and whole and not any(part in ("", ".", "..") for part in parts)


def _bag_faults(bag: _Bag) -> list[Fault]:
    faults = []
    if "bagit.txt" in bag.entries and bag.read("bagit.txt") != _DECLARATION:
        faults.append(Fault("bagit.txt", "does not declare BagIt 1.0 in UTF-8"))
    payload = {name for name in bag.entries if name.startswith("data/")}
    tags = set(bag.entries) - payload - {_TAGS}
    faults += bag.compare(_TAGS, tags)
    faults += bag.compare(_PAYLOAD, payload)
    faults += bag.oxum_faults(payload)
    return faults + (_history_faults(bag) if _EVENTS in payload else [])


def _history_faults(bag: _Bag) -> list[Fault]:
    """Make each event's hash again: the chain must hold, and end where bag-info.txt says."""
    faults, previous = [], _FIRST
    # Only a line feed ends a line: other ends of lines may stand in what people wrote.
    text = bag.read(_EVENTS).decode("utf-8", "replace")
    lines = text.removesuffix("\n").split("\n") if text else []
    for number, line in enumerate(lines, start=1):
        try:
            event = json.loads(line)
            what = _event_fault(event, number, previous)
            previous = event["hash"]
        except (ValueError, KeyError, TypeError, AttributeError):
            what = "cannot be read"
        if what:
            faults.append(Fault(_EVENTS, f"event {number} {what}"))
    head = _HEAD.findall(bag.read("bag-info.txt").decode("utf-8", "replace"))
    if head != [previous]:
        faults.append(
            Fault(_EVENTS, f"does not end with the event that bag-info.txt names: {head}")
        )
    return faults


def _event_fault(event: dict[str, object], number: int, previous: str) -> str:
    bound = {name: value for name, value in event.items() if name not in _BESIDE}
    if event["seq"] != number:
        return f"is missing: number {event['seq']} stands in its place"
    if event["previous_hash"] != previous:
        return "does not follow from the one before it"
    if event["hash"] != _sha256(_canonical(bound)):
        return "was changed after it was written"
    if "salt" in event:
        if event["body_hash"] != _sha256(f"{event['salt']}\n{_canonical(event['body'])}"):
            return "says something else than when it was written"
    elif not (event.get("masked") or event.get("purged")):
        return "lacks the salt of its body"
    return ""


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class _Bag:
    archive: ZipFile
    entries: dict[str, ZipInfo]

    def digest(self, name: str) -> str:
        """SHA-256 of a file; "" when it cannot be unpacked."""
        digest = hashlib.sha256()
        try:
            with self.archive.open(self.entries[name]) as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except _UNREADABLE:
            return ""
        return digest.hexdigest()

    def read(self, name: str) -> bytes:
        """A small text file of the bag; b"" when it is absent, large or cannot be unpacked."""
        entry = self.entries.get(name)
        if entry is None or entry.file_size > SMALL_BYTES:
            return b""
        try:
            return self.archive.read(entry)
        except _UNREADABLE:
            return b""

    def compare(self, manifest: str, names: set[str]) -> list[Fault]:
        """Hold the files called `names` against the manifest."""
        if manifest not in self.entries:
            return []
        text = self.read(manifest)
        if not text:
            return [Fault(manifest, "is empty or cannot be unpacked")]
        stated, faults = _parse(text, manifest)
        faults += [Fault(name, "is missing") for name in sorted(set(stated) - names)]
        faults += [
            Fault(name, f"was added: {manifest} does not list it")
            for name in sorted(names - set(stated))
        ]
        faults += [
            Fault(name, "is not what it was")
            for name in sorted(names & set(stated))
            if self.digest(name) != stated[name]
        ]
        return faults

    def oxum_faults(self, payload: set[str]) -> list[Fault]:
        """Hold size and number of the files under data/ against Payload-Oxum."""
        if "bag-info.txt" not in self.entries:
            return []
        found = _OXUM.findall(self.read("bag-info.txt").decode("utf-8", "replace"))
        size = sum(self.entries[name].file_size for name in payload)
        if found == [(str(size), str(len(payload)))]:
            return []
        told = ".".join(found[0]) if found else "nothing"
        what = f"Payload-Oxum says {told}, the pack holds {size}.{len(payload)}"
        return [Fault("bag-info.txt", what)]


def _parse(text: bytes, manifest: str) -> tuple[dict[str, str], list[Fault]]:
    stated: dict[str, str] = {}
    faults = []
    lines = text.decode("utf-8", "replace").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line.removesuffix("\r"))
        if match is None or match[2] in stated:
            why = "cannot be read" if match is None else "names a file again"
            faults.append(Fault(manifest, f"line {number} {why}"))
        else:
            stated[match[2]] = match[1].lower()
    return stated, faults


def main(arguments: list[str]) -> int:
    """Check one pack and say so; 0 it is what it was, 1 it is not, 2 there is no such pack."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("usage: python verify.py PACK.zip [SEAL]\n")
        return 2
    try:
        result = check(Path(arguments[0]), *arguments[1:])
    except (NotAPack, OSError) as error:
        sys.stderr.write(f"{error}: {arguments[0]}\n")
        return 2
    for fault in result.faults:
        sys.stdout.write(f"{fault.where}: {fault.what}\n")
    verdict = "NOT what it was" if result.faults else "consistent: every file is what it was"
    sys.stdout.write(f"{verdict}. {len(result.files)} files. Seal: {result.seal or 'none'}\n")
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
