"""A detector of somebody else, installed as a package of its own, is seen wherever ours are."""

import importlib.metadata
import json
import shutil
import tomllib
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tests.detect.conftest import extra, regular_shop
from workbench.commands import load, pack, publish, screen
from workbench.detect import detectors
from workbench.snapshot import read_snapshot

PACKAGE = Path(__file__).with_name("third_party")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The package as an installer leaves it: its module and its metadata on the path."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text("utf-8"))["project"]
    site = tmp_path / "site"
    about = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    about.mkdir(parents=True)
    shutil.copy(PACKAGE / "same_second.py", site)
    about.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    lines = [
        line
        for group, entries in project["entry-points"].items()
        for line in [f"[{group}]", *(f"{name} = {place}" for name, place in entries.items())]
    ]
    about.joinpath("entry_points.txt").write_text("\n".join(lines), "utf-8")
    monkeypatch.syspath_prepend(str(site))
    return project


def test_one_entry_point_is_enough(installed, tmp_path):
    ours = {entry.name for entry in importlib.metadata.entry_points(group="workbench.detectors")}
    assert "same_second" in ours & {one.name for one in detectors()}
    moment = pd.Timestamp("2025-03-09 10:47:13")
    orders = pd.concat([regular_shop(), extra(8, created_at=moment)], ignore_index=True)
    orders.to_csv(tmp_path / "orders.csv", index=False)
    case = tmp_path / "case"
    load([tmp_path / "orders.csv"], case, shop="S")

    assessment = screen(case)
    run = assessment.detectors.set_index("detector").loc["same_second"]
    assert run.state == "ran"
    assert run.groups == 1
    group = next(g for g in assessment.groups.itertuples() if "same_second" in g.detectors)
    assert group.size == 8
    assert "8 orders of one item came in one second." in group.sentence_en
    assert "8 笔同款订单在同一秒下单。" in group.sentence_zh
    assert "same_second" in {part["detector"] for part in json.loads(group.contributions)}

    snapshot = read_snapshot(publish(case))
    shown = next(g for g in snapshot["groups"] if g["group_id"] == group.group_id)
    assert "same_second" in shown["detectors"]
    assert "same_second" in {one["detector"] for one in snapshot["detectors"]}

    made = pack(case)
    with zipfile.ZipFile(made.path) as bag:
        held = {name: bag.read(name) for name in bag.namelist() if name.endswith((".csv", ".json"))}
    assert any(b"same_second" in content for content in held.values())


def test_without_the_package_nothing_is_left_of_it():
    assert "same_second" not in {one.name for one in detectors()}
