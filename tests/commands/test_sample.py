"""The sample's case in the cache, and the copies of it that notebooks work on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.case import Case
from workbench.commands import sample


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own; building the sample there is only making its folder."""
    monkeypatch.setattr(sample, "user_cache_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(sample, "build_sample", lambda path: path.mkdir())
    return tmp_path


def build_version(version: str, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "_fingerprint", lambda: version)
    os.utime(sample._kept_sample(), (at, at))


def test_a_new_version_builds_its_own_and_leaves_the_two_before_it(
    cache: Path, monkeypatch: pytest.MonkeyPatch
):
    # The names are not in the order of time.
    for at, version in enumerate(["d", "a", "c", "b"]):
        build_version(version, at, monkeypatch)
    assert {path.name for path in cache.glob("sample-*")} == {"sample-a", "sample-c", "sample-b"}


def test_a_version_that_is_there_is_used_and_nothing_is_removed(
    cache: Path, monkeypatch: pytest.MonkeyPatch
):
    for at, version in enumerate(["a", "b", "c"]):
        build_version(version, at, monkeypatch)
    (cache / "sample-a" / "mark").touch()
    build_version("a", 9, monkeypatch)
    assert (cache / "sample-a" / "mark").is_file()
    assert len(list(cache.glob("sample-*"))) == 3


def test_the_copy_of_a_notebook_is_gone_when_its_kernel_ends(screened_small: Case):
    tell = (
        "import sys; from pathlib import Path; from workbench.commands import sample;"
        "copy = sample._scratch_copy(Path(sys.argv[1]));"
        "assert (copy / 'case.toml').is_file(); print(copy)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", tell, str(screened_small.path)],
        check=True,
        capture_output=True,
        text=True,
    )
    copy = Path(ended.stdout.strip())
    assert copy.name == "case"
    assert not copy.parent.exists()
