"""What Spark does otherwise than DuckDB is mended in the engine."""

from __future__ import annotations

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from workbench.engine import connect, keeping
from workbench.errors import BadInput
from workbench.tables import memory_tables

pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("there is no Java", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning",
    "ignore::FutureWarning",
    # PySpark leaves the sockets that results come through to the garbage collector.
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseBackend]:
    engine = connect("local[2]", spill_to=tmp_path_factory.mktemp("spark"))
    yield engine
    engine.disconnect()


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    yield
    gc.collect()


def test_what_is_different_on_spark_is_mended(spark: BaseBackend) -> None:
    texts = pd.DataFrame({"order_id": [f"o{n}" for n in range(5000)], "quantity": 8})
    texts.loc[0, "buyer_name"] = "\t Ann \n"
    orders = memory_tables(spark, {"orders": texts})["orders"]
    rows = orders.select(
        key=orders.order_id.hash(),
        name=orders.buyer_name.strip(),
        log=orders.quantity.log2(),
    ).to_pandas()
    # 32 bits would not hold most of these.
    assert rows.key.abs().median() > 2**32
    assert rows.key.nunique() == 5000
    assert rows.name.dropna().tolist() == ["Ann"]
    assert set(rows.log) == {3.0}


def test_integers_with_gaps_stay_integers(spark: BaseBackend) -> None:
    large = 9_007_199_254_740_993  # as a float it would end in 2
    rows = pd.DataFrame({"order_id": ["a", "b"], "quantity": pd.array([large, None], "Int64")})
    table = memory_tables(spark, {"orders": rows})["orders"]
    assert table.to_pyarrow()["quantity"].to_pylist() == [large, None]


def test_what_is_kept_is_given_up(spark: BaseBackend) -> None:
    rows = pd.DataFrame({"order_id": ["a", "b"]})
    orders = memory_tables(spark, {"orders": rows})["orders"]
    before = set(spark.list_tables())
    with keeping(spark) as keep:
        kept = keep(orders.filter(orders.order_id == "a"))
        assert kept.count().to_pandas() == 1
    assert set(spark.list_tables()) == before


def test_a_master_that_nobody_is_at_is_bad_input() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and not listening
        with pytest.raises(BadInput, match="No Spark master answers"):
            connect(f"spark://127.0.0.1:{taken.getsockname()[1]}")


def test_spark_without_java_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(BadInput, match="Java"):
        connect("local[2]")
