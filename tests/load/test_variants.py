"""Every known export of every platform: recognised for what it is, and its rows accounted for."""

import random

import pytest

from tests.load.made import VARIANTS, load
from tests.load.made_rows import (
    EXPECTED,
    format_of,
    headers_of,
    key_headers,
    known_exports,
    made_rows,
    write_export,
)
from workbench.load import recognise
from workbench.load.compiler import make_plan
from workbench.load.formats import built_in
from workbench.load.recognise import choose_format
from workbench.tables import TABLES

EXPORTS = known_exports()
FIRST = {
    EXPECTED[platform][variant]["format"]: (platform, variant)
    for platform, variant in reversed(EXPORTS)
    if variant in EXPECTED.get(platform, {})
}
NAMES = [f"{platform}.{variant}" for platform, variant in EXPORTS]


def test_nothing_is_expected_of_exports_that_are_not_known():
    expected = {(platform, variant) for platform in EXPECTED for variant in EXPECTED[platform]}
    assert expected <= set(EXPORTS)


def test_every_format_gives_what_the_table_requires():
    for form in built_in():
        assert set(TABLES[form.table].required) <= set(form.columns), form.name


@pytest.fixture(params=EXPORTS, ids=NAMES)
def export(request):
    """Platform, variant, headers and expected format of one known export."""
    platform, variant = request.param
    assert variant in EXPECTED.get(platform, {}), "expected.toml does not say what this is"
    return platform, variant, headers_of(platform, variant), format_of(platform, variant)


def test_recognised_by_key_headers_alone(export, monkeypatch):
    platform, variant, headers, form = export
    assert form.table == EXPECTED[platform][variant]["table"]
    shuffled = random.Random(variant).sample(headers, len(headers))
    fewest = list(key_headers(form, headers))
    assert fewest
    for some in (headers, shuffled, *fewest):
        match = choose_format(some)
        assert match is not None
        assert match.form.name == form.name
        plan = make_plan(form, some, "Asia/Shanghai", "CNY")
        assert not [name for name in TABLES[form.table].required if name in plan.missing]
    # No other format has as good a claim: the order in which they are tried makes no difference.
    turned = tuple(reversed(built_in()))
    monkeypatch.setattr(recognise, "built_in", lambda: turned)
    for some in (headers, *fewest):
        match = choose_format(some)
        assert match is not None
        assert match.form.name == form.name


def test_a_choice_of_columns_is_never_taken_for_another_platform(export):
    _, variant, headers, form = export
    choose = random.Random(variant)
    for _ in range(40):
        some = choose.sample(headers, choose.randint(1, len(headers)))
        # As files have them: blanks at the ends, brackets of either width.
        written = [choose.choice(("{}", "{} ", "\t{}", "\ufeff{}")).format(h) for h in some]
        written[0] = written[0].replace("(", "（").replace(")", "）")
        match = choose_format(written)
        assert match is None or match.form.platform == form.platform, (match.form.name, some)


def test_loads_from_its_own_container(export, tmp_path):
    platform, variant, headers, form = export
    about = VARIANTS[platform][variant]
    rows = made_rows(form, headers, EXPECTED[platform][variant].get("cells", {}))
    # Quarantine is the dear half of a small load: once per format is enough.
    bad = int((platform, variant) == FIRST[form.name])
    file = write_export(tmp_path / "renamed.dat", about, [headers, *rows[: 2 + bad]])
    [report] = load(tmp_path / "case", file)
    assert (report.format, report.table) == (form.name, form.table)
    assert report.header_row == about.get("header_row", 1)
    assert report.rows_read == report.rows_loaded + report.rows_quarantined == 2 + bad
    assert (report.rows_loaded, report.rows_quarantined) == (2, bad)
    # Every column that the export has is filled or named as unused; none is lost.
    used = {header for header, _ in report.columns_mapped}
    told = used | {header.strip() for header in report.columns_unused}
    assert {header.strip() for header in headers} - told == set()
