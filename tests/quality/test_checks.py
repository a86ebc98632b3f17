"""What can run, what it lacks, and what to download."""

import pytest

from workbench.quality import (
    checks_data,
    checks_table,
    completeness_data,
    exports_data,
    exports_table,
)

from .made import orders_of

TIME = "2025-01-01"
NEEDS = {
    "bare": ("orders.order_id",),
    "by_device": ("orders.order_id", "orders.device"),
    "identity": ("orders.phone | orders.device | orders.address",),
    "item": ("orders.product_id | orders.seller_sku | orders.product_title | orders.sku",),
}


@pytest.fixture(scope="module")
def counts():
    rows = [("1", TIME, "138****8000", "Elm 1", "tea"), ("2", TIME, "139****8000", None, "tea")]
    return completeness_data(orders_of("order_id created_at phone address product_title", rows))


@pytest.fixture(scope="module")
def checks(counts):
    return checks_data(counts, NEEDS)


def test_what_can_run(checks):
    assert dict(zip(checks.check, checks.state, strict=True)) == {
        "bare": "can_run",
        "by_device": "cannot_run",
        "identity": "partly",
        "item": "partly",
    }


def test_what_is_missing_absent_and_masked(checks):
    rows = checks.set_index("check")
    assert rows.missing["by_device"] == "orders.device"
    assert (rows.absent["identity"], rows.masked["identity"]) == ("orders.device", "orders.phone")
    # The title stands for the item: better would be its number, and a variant would add nothing.
    assert rows.absent["item"] == "orders.product_id, orders.seller_sku"


def test_the_first_of_stand_ins_is_enough():
    counts = completeness_data(orders_of("order_id created_at product_id", [("1", TIME, "p")]))
    assert checks_data(counts, NEEDS).set_index("check").state["item"] == "can_run"


def test_what_to_download(counts, checks):
    rows = exports_data(counts, checks, "taobao").set_index("column")
    assert rows.header["orders.phone"] == "联系手机"
    assert rows.loc["orders.phone", "for"] == "identity"
    assert rows.loc["orders.device", "for"] == "by_device, identity"
    assert rows.export["orders.device"] == ""
    assert "appeal" in rows.en["orders.device"]
    assert rows.loc["campaigns.name", "for"] == ""
    assert "orders.address" not in rows.index  # it is there, and whole


def test_an_unknown_platform_is_said(counts, checks):
    rows = exports_data(counts, checks, "").set_index("column")
    assert "names none that is known" in rows.en["orders.phone"]
    rows = exports_data(counts, checks, "douyin").set_index("column")
    assert (
        "no export of this platform"
        in exports_data(counts, checks_data(counts, {"x": ("orders.buyer_account",)}), "douyin")
        .set_index("column")
        .en["orders.buyer_account"]
    )
    assert "ciphertext" in rows.en["orders.phone"]


def test_the_reader_sees_words(counts, checks):
    zh = checks_table(checks_data(counts, {"rapid_repeat": NEEDS["by_device"]}), "zh")
    assert zh.to_numpy().tolist() == [["快速重复", "无法运行", "设备标识", "", ""]]
    en = exports_table(exports_data(counts, checks, "taobao"), "en")
    assert en[en.Wanted == "orders: phone"].iloc[0].tolist() == [
        "orders: phone",
        "identity",
        "order list, classic CSV (ExportOrderList….csv) (whether account, name and phone are still "
        "whole after 2021 was not confirmed)",
        "联系手机",
        "verified in public sources",
    ]
