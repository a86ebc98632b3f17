"""The format files that travel with the package say what they rest on, in both languages."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

import workbench.load.formats as formats

FILES = sorted(Path(formats.__file__).with_name("formats").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_says_what_it_rests_on(file):
    raw = tomllib.loads(file.read_text("utf-8"))
    assert raw["name"] == file.stem
    assert raw["platform"]
    assert set(raw["title"]) == {"en", "zh"}
    assert raw["facts"]["source"]
    assert isinstance(raw["facts"]["as_of"], dt.date)
    notes = raw.get("notes", {"en": [], "zh": []})
    assert len(notes["en"]) == len(notes["zh"])
    assert file.read_text("utf-8").startswith("# ")


def test_no_two_formats_share_a_name_or_a_title():
    raws = [tomllib.loads(file.read_text("utf-8")) for file in FILES]
    for language in ("en", "zh"):
        titles = [raw["title"][language] for raw in raws]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_asks_for_no_header_twice_by_other_spelling(file):
    form = formats.read_mapping(file)
    for headers in (form.all_of, form.any_of, form.none_of):
        keys = [formats.header_key(header) for header in headers]
        assert len(set(keys)) == len(keys)
    assert not set(form.all_of) & set(form.none_of)
