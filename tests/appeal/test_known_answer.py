"""What planting showed goes into the pack where it was done with these data, and only there."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from invented_matter import Example

from workbench.appeal import build_pack
from workbench.known_answer import COLUMNS, write_known_answers

KEYS = ["kind", "level", "state", "absent", "rings", "planted", "evidence", "marked", "recall"]
ROWS = [
    ("burst", "plain", "measured", "", 4, 100, 80, 90, 0.9),
    ("slow_phone", "plain", "not_visible", "orders.phone", 0, 0, 0, 0, float("nan")),
]
OTHERS = {"shop": "", "seeds": 4, "false_evidence": 0, "false_marked": 2}


@pytest.fixture
def answers() -> pd.DataFrame:
    shares = {"recall_evidence": 0.8, "low": 0.4, "high": 0.98}
    frame = pd.DataFrame(ROWS, columns=KEYS).assign(**OTHERS, **shares)
    return frame[list(COLUMNS)].astype(COLUMNS)


def packed(example: Example, out) -> dict[str, bytes]:
    build_pack(example.case, out, tables=example.tables, assessment=example.assessment)
    with zipfile.ZipFile(out) as pack:
        return {name.split("/", 1)[1]: pack.read(name) for name in pack.namelist()}


def test_the_pack_says_what_a_silence_is_worth(own_example, answers, tmp_path):
    case = own_example.case
    write_known_answers(answers, case.results_dir, case.tables_dir)
    files = packed(own_example, tmp_path / "pack.zip")
    readme = files["data/README.txt"].decode("utf-8-sig")
    assert "90% would have been found" in readme
    assert "能找到 90%" in readme
    assert "data/results/known_answer.csv" in files
    book = openpyxl.load_workbook(io.BytesIO(files["data/orders-and-groups.xlsx"]))
    head, burst, phone = book["植入与找到 KnownAnswers"].iter_rows(values_only=True)
    names = [str(name).split(" / ")[-1] for name in head]
    told = dict(zip(names, burst, strict=True))
    assert told["planted_kind"] == "同一商品短时集中下单 / Burst on one offer"
    assert (told["planted"], told["found"], told["recall"]) == (100, 90, 0.9)
    assert dict(zip(names, phone, strict=True))["absent"] == "orders.phone"


def test_answers_about_other_data_stay_out(own_example, answers, tmp_path):
    case = own_example.case
    write_known_answers(answers, case.results_dir, case.tables_dir)
    (case.tables_dir / "loads.json").write_text('{"changed": true}', "utf-8")
    files = packed(own_example, tmp_path / "pack.zip")
    assert "data/results/known_answer.csv" not in files
    assert "would have been found" not in files["data/README.txt"].decode("utf-8-sig")
