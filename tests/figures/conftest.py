"""The sample shop, decided in part, and its pack; and packs that somebody changed and sealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from workbench.appeal import PackResult, build_pack
from workbench.appeal.bag import write_bag
from workbench.case import Case, attach, decide, open_case
from workbench.commands import open_tables
from workbench.explain import read_assessment


@dataclass(frozen=True)
class Sample:
    """A case and the pack that was made of it."""

    case: Case
    pack: PackResult


@pytest.fixture(scope="session")
def sample(screened_sample: Case, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample with one group defended, one conceded, and three orders on hold."""
    folder = tmp_path_factory.mktemp("figures")
    shutil.copytree(screened_sample.path, folder / "case")
    case = open_case(folder / "case")
    work(case)
    return Sample(case, make(case, folder / "pack.zip"))


def work(case: Case) -> None:
    groups = pd.read_parquet(case.results_dir / "groups.parquet").group_id.tolist()
    orders = pd.read_parquet(case.results_dir / "orders.parquet")
    about = {"subject": "group", "subject_id": groups[3]}
    scans = attach(case, b"%PDF scans", "scans.pdf", **about, code="E01", who="李")
    decide(
        case,
        subject="group",
        subject_id=groups[3],
        decision="defend",
        reason="活动期间下单",
        who="李",
        evidence=[scans.sha256],
    )
    decide(case, subject="group", subject_id=groups[0], decision="concede", reason="店员", who="李")
    for order in orders[orders.group_id == groups[1]].order_id.tolist()[:3]:
        decide(case, subject="order", subject_id=order, decision="hold", reason="等称重", who="李")


def make(case: Case, out: Path) -> PackResult:
    return build_pack(
        case, out, tables=open_tables(case), assessment=read_assessment(case.results_dir)
    )


Change = Callable[[str, bytes], bytes]


def resealed(pack: Path, out: Path, change: Change) -> Path:
    """The pack with every file under data/ changed by `change(path, content)`, sealed anew."""
    with ZipFile(pack) as archive:
        folder = archive.namelist()[0].split("/")[0]
        inside = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    payload = {
        name.removeprefix("data/"): change(name.removeprefix("data/"), content)
        for name, content in inside.items()
        if name.startswith("data/")
    }
    tags = {name: inside[name] for name in ("verify.py", "recompute.py")}
    lines = inside["bag-info.txt"].decode().splitlines()
    info = dict(line.split(": ", 1) for line in lines if not line.startswith("Payload-Oxum"))
    write_bag(out, payload, folder=folder, info=info, tags=tags)
    return out
