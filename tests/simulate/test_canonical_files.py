"""Canonical CSVs carry the canonical headers and come back as they were."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.simulate import Shop, write_canonical


def test_files_hold_the_tables(honest_shop: Shop, tmp_path: Path):
    written = write_canonical(honest_shop, tmp_path)
    names = [path.stem for path in written]
    assert names == [*honest_shop.tables(), "truth"]
    orders = pd.read_csv(tmp_path / "orders.csv", dtype=str, encoding="utf-8")
    assert list(orders.columns) == list(honest_shop.orders.columns)
    assert (orders["order_id"] == honest_shop.orders["order_id"]).all()
    assert (orders["paid_amount"] == honest_shop.orders["paid_amount"].astype(str)).all()
    assert (pd.to_datetime(orders["created_at"]) == honest_shop.orders["created_at"]).all()
    said = honest_shop.orders["buyer_message"]
    assert (orders["buyer_message"].dropna() == said.dropna()).all()
    assert orders["buyer_message"].notna().sum() == said.notna().sum() > 50


def test_text_is_quoted_only_where_needed(honest_shop: Shop, tmp_path: Path):
    write_canonical(honest_shop, tmp_path)
    assert b'"' not in (tmp_path / "truth.csv").read_bytes()
