from pathlib import Path

import pandas as pd
import pytest

from tests.explain.made import as_findings, finding, orders, tables
from workbench.errors import BadInput
from workbench.explain import Assessment, assess, read_assessment, write_assessment


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    shop = tables(orders=orders([{"order_id": i, "buyer_id": i} for i in "abcdef"]))
    return assess(shop, as_findings([finding(orders="abc")]))


def test_what_was_written_is_read(assessment: Assessment, tmp_path: Path):
    write_assessment(assessment, tmp_path / "results")
    again = read_assessment(tmp_path / "results")
    for name in ("orders", "groups", "detectors"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(assessment, name))
    assert again.groups.detectors[0] == ["same_offer_burst"]
    assert again.summary == assessment.summary
    assert again.summary["groups"] == 1


def test_results_of_an_earlier_version_have_no_summary(assessment: Assessment, tmp_path: Path):
    write_assessment(assessment, tmp_path)
    (tmp_path / "summary.json").unlink()
    assert read_assessment(tmp_path).summary == {}
    (tmp_path / "summary.json").write_text("{")
    with pytest.raises(BadInput, match="cannot be read"):
        read_assessment(tmp_path)


def test_nothing_is_left_beside_the_four_files(assessment: Assessment, tmp_path: Path):
    write_assessment(assessment, tmp_path)
    write_assessment(assessment, tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["detectors.parquet", "groups.parquet", "orders.parquet", "summary.json"]


def test_a_write_that_fails_leaves_the_old_result(assessment: Assessment, tmp_path: Path):
    write_assessment(assessment, tmp_path)
    before = (tmp_path / "orders.parquet").read_bytes()
    broken = pd.DataFrame({"order_id": [object()]})
    with pytest.raises(Exception, match="order_id"):
        write_assessment(Assessment(broken, assessment.groups, assessment.detectors), tmp_path)
    assert (tmp_path / "orders.parquet").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 4


def test_a_case_not_screened_yet_says_so(tmp_path: Path):
    with pytest.raises(BadInput, match="has not been screened yet"):
        read_assessment(tmp_path / "results")


def test_every_broken_result_is_named(assessment: Assessment, tmp_path: Path):
    write_assessment(assessment, tmp_path)
    (tmp_path / "orders.parquet").write_bytes(b"no parquet")
    (tmp_path / "groups.parquet").write_bytes(b"PAR1")
    with pytest.raises(BadInput) as raised:
        read_assessment(tmp_path)
    assert [Path(p.where).name for p in raised.value.problems] == [
        "orders.parquet",
        "groups.parquet",
    ]


def test_an_assessment_without_groups_is_written_and_read(tmp_path: Path):
    shop = tables(orders=orders([{"order_id": i} for i in "abc"]))
    empty = assess(shop, as_findings([]))
    write_assessment(empty, tmp_path)
    again = read_assessment(tmp_path)
    assert again.groups.empty
    pd.testing.assert_frame_equal(again.orders, empty.orders)
    pd.testing.assert_frame_equal(again.groups, empty.groups)
