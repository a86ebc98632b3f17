"""The committed samples are what the commands in their README give, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.resources import samples_dir
from workbench.simulate.__main__ import main

CANONICAL = ["--seed", "20260107", "--orders", "300", "--format", "canonical"]
SAMPLES = {"shop": ["--seed", "20260101", "--orders", "4400"], "canonical": CANONICAL}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_committed_sample_is_made_by_its_command(name: str, tmp_path: Path):
    assert main([*SAMPLES[name], "--out", str(tmp_path)]) == 0
    made, committed = contents(tmp_path), contents(samples_dir() / name)
    assert list(made) == list(committed)
    assert [n for n in made if made[n] != committed[n]] == []


def test_the_samples_are_small():
    files = [path for path in samples_dir().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3_200_000
    assert max(path.stat().st_size for path in files) < 2_400_000


def test_another_process_with_other_settings_gives_the_same_bytes(tmp_path: Path):
    outputs = []
    for number, (hashing, zone, locale) in enumerate(
        [("1", "America/New_York", "C"), ("77", "Asia/Tokyo", "C.UTF-8")]
    ):
        folder = tmp_path / str(number)
        settings = {"PYTHONHASHSEED": hashing, "TZ": zone, "LC_ALL": locale}
        subprocess.run(
            [sys.executable, "-m", "workbench.simulate", *CANONICAL, "--out", str(folder)],
            env=os.environ | settings,
            check=True,
            capture_output=True,
        )
        outputs.append(contents(folder))
    assert outputs[0] == outputs[1] == contents(samples_dir() / "canonical")


def test_other_seeds_give_other_bytes(tmp_path: Path):
    main(["--seed", "5", "--orders", "400", "--format", "canonical", "--out", str(tmp_path)])
    committed = contents(samples_dir() / "canonical")
    made = contents(tmp_path)
    assert all(made[name] != committed[name] for name in ("orders.csv", "truth.csv"))


def test_no_rings_and_bad_input_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["--orders", "400", "--no-rings", "--out", str(tmp_path / "a")]) == 0
    assert ",1\n" not in (tmp_path / "a" / "truth.csv").read_text("utf-8")
    assert main(["--orders", "3", "--out", str(tmp_path / "b")]) == 2
    assert "at least 300 orders" in capsys.readouterr().err
