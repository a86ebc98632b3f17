"""One changed byte anywhere in a pack is found."""

import random
import shutil

import pytest
from invented_matter import make_example

from workbench.appeal import build_pack, verify_pack
from workbench.errors import BadInput

FLIPS = 1000


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack")
    example = make_example(folder / "case")
    made = build_pack(
        example.case,
        folder / "appeal.zip",
        tables=example.tables,
        assessment=example.assessment,
        attachments={"a.png": b"\x89PNG" + bytes(range(256)) * 20},
    )
    return made.path


def test_each_pack_with_one_changed_byte_is_found(pack, tmp_path):
    assert verify_pack(pack).ok
    changed = tmp_path / "changed.zip"
    shutil.copyfile(pack, changed)
    size = pack.stat().st_size
    chance = random.Random("one byte")
    missed = []
    with changed.open("r+b") as file:
        for _ in range(FLIPS):
            place, change = chance.randrange(size), chance.randrange(1, 256)
            file.seek(place)
            (was,) = file.read(1)
            _put(file, place, was ^ change)
            if _passes(changed):
                missed.append((place, was, was ^ change))
            _put(file, place, was)
    assert missed == []
    assert verify_pack(changed).ok


def _put(file, place, byte):
    file.seek(place)
    file.write(bytes([byte]))
    file.flush()


def _passes(path):
    try:
        return verify_pack(path).ok
    except BadInput:
        return False
