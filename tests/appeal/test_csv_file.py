from pathlib import Path

import pandas as pd

from workbench.appeal.csv_file import write_csv


def test_formulas_are_defused_and_numbers_stay_numbers(tmp_path: Path):
    frame = pd.DataFrame(
        {
            "text": ["=1+1", "+1", "-1", "@x", "\tx", "a=b", None],
            "number": [-1.5, 2, 3, 4, 5, 6, 7],
            "listed": [["a", "中"], [], None, [], [], [], []],
            "at": pd.to_datetime(["2026-01-01 10:00"] * 7),
        }
    )
    write_csv(frame, tmp_path / "a.csv")
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    back = pd.read_csv(tmp_path / "a.csv", dtype=str, keep_default_na=False)
    assert back["text"].tolist() == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "a=b", ""]
    assert back["number"].tolist()[0] == "-1.5"
    assert back["listed"].tolist()[:3] == ['["a", "中"]', "[]", ""]
    assert back["at"].tolist()[0] == "2026-01-01 10:00:00"
