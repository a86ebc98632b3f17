"""The list of exports is sound data, and is asked by platform."""

import re

import pytest

from workbench.quality.exports import EXPORTS, NOWHERE, exports_of, is_known
from workbench.tables import TABLES


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.code)
def test_an_export_gives_canonical_columns_and_speaks_both_languages(export):
    for column in export.gives:
        table, name = column.split(".")
        TABLES[table].column(name)
    assert export.confidence in ("verified", "weak", "unverified")
    assert re.search("[一-鿿]", export.name["zh"]) or export.code == "amazon_unshipped"
    assert set(export.note) in (set(), {"en", "zh"})
    assert all(one == one.lower() for one in export.platforms)


def test_codes_are_unique():
    assert len({one.code for one in EXPORTS}) == len(EXPORTS)


def test_no_export_gives_what_nobody_gives():
    for export in EXPORTS:
        assert not NOWHERE.columns & set(export.gives)


def test_a_platform_is_asked_for_its_own_exports():
    for name in ("taobao", "Taobao ", "淘宝"):
        assert [one.code for one in exports_of("orders.buyer_id", name)] == ["taobao_classic"]
    assert [one.code for one in exports_of("orders.buyer_id", "amazon")] == ["amazon_unshipped"]
    assert exports_of("orders.buyer_id", "") == []
    assert [one.code for one in exports_of("messages.text", "")] == ["chats"]
    assert (is_known("Taobao"), is_known(""), is_known("a market of its own")) == (
        True,
        False,
        False,
    )
