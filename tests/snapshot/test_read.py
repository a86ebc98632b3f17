import json
import shutil
from pathlib import Path

import pytest

from workbench.errors import BadInput
from workbench.snapshot import read_snapshot
from workbench.snapshot.publish import publish

from .shop import assessment, case_and_tables


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return publish(*case_and_tables(tmp_path_factory.mktemp("shop")), assessment())


@pytest.fixture
def file(published, tmp_path):
    return Path(shutil.copy(published, tmp_path))


def test_missing_file_says_to_publish(tmp_path):
    with pytest.raises(BadInput, match="Nothing has been published"):
        read_snapshot(tmp_path / "snapshot.json")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 5])
def test_what_is_no_json_is_refused(file, content):
    file.write_bytes(content)
    with pytest.raises(BadInput, match="cannot be read"):
        read_snapshot(file)


@pytest.mark.parametrize("content", ["[]", "1", "{}", '{"version": 2}'])
def test_another_version_is_refused(file, content):
    file.write_text(content)
    with pytest.raises(BadInput, match="version"):
        read_snapshot(file)


def test_every_part_that_is_absent_or_odd_is_named(file):
    snapshot = json.loads(file.read_text("utf-8"))
    del snapshot["orders"]
    snapshot["groups"] = {}
    file.write_text(json.dumps(snapshot))
    with pytest.raises(BadInput) as error:
        read_snapshot(file)
    assert [problem.what for problem in error.value.problems] == [
        "The snapshot has no usable part 'groups'",
        "The snapshot has no usable part 'orders'",
    ]
