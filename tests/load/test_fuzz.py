"""Harmed files end in a table with an exact account or in a message.

`benchmarks/fuzz_load.py` does the same with thousands of them, and with larger ones.
"""

import pyarrow.parquet as pq
import pytest

from tests.load.made import load
from tests.load.mutations import make
from workbench.errors import BadInput

SEED = 20261122


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_harmed_files(tmp_path, start):
    messages: list[str] = []
    for index in range(start, start + 20):
        folder = tmp_path / str(index)
        folder.mkdir()
        made = make(SEED, index, folder, large=False)
        try:
            loads = load(folder, made.path)
        except BadInput as error:
            messages.append(str(error))
            continue
        for report in loads:
            base = folder / "tables" / report.table / report.sha256
            rows = pq.read_table(f"{base}.parquet")["source_row"].to_pylist()
            problems = set(pq.read_table(f"{base}.quarantine.parquet")["source_row"].to_pylist())
            told = (index, made.recipe, report)
            assert report.rows_read == report.rows_loaded + report.rows_quarantined, told
            assert len(set(rows)) == len(rows) == report.rows_loaded, told
            assert len(problems) == report.rows_quarantined, told
            assert not problems & set(rows), told
            counted = report.rows_read + report.blank_rows + report.rows_skipped
            assert made.rows in (None, counted), told
    assert all(messages)
