import pandas as pd
import pytest

from workbench.errors import BadInput
from workbench.known_answer import FILE, read_known_answers, write_known_answers

from .made import made_answers


@pytest.fixture
def folders(tmp_path):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "loads.json").write_text("[1]", "utf-8")
    return tmp_path / "results", tables


def test_what_is_written_is_read_again(folders):
    results, tables = folders
    assert read_known_answers(results, tables) is None
    write_known_answers(made_answers(), results, tables)
    pd.testing.assert_frame_equal(read_known_answers(results, tables), made_answers())
    assert [path.name for path in results.iterdir()] == [FILE]


def test_answers_about_other_data_do_not_count(folders):
    results, tables = folders
    write_known_answers(made_answers(), results, tables)
    (tables / "loads.json").write_text("[1, 2]", "utf-8")
    assert read_known_answers(results, tables) is None


def test_a_damaged_file_is_said_to_be_one(folders):
    results, tables = folders
    write_known_answers(made_answers(), results, tables)
    (results / FILE).write_bytes(b"no parquet")
    with pytest.raises(BadInput, match="known-answer"):
        read_known_answers(results, tables)
