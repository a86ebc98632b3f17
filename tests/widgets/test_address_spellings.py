import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.widgets.address_spellings import address_spellings


def orders(*addresses: str | None) -> pd.DataFrame:
    return pd.DataFrame(
        {"order_id": [f"o{n}" for n in range(len(addresses))], "address": list(addresses)}
    )


def test_what_differs_from_the_usual_spelling_is_marked():
    found = address_spellings(orders("路18号3栋502室", "路18号3幢502", "路18号3栋502室", None))
    assert [(one.orders, one.text) for one in found] == [(2, "路18号3栋502室"), (1, "路18号3幢502")]
    assert found[0].parts == (("路18号3栋502室", False),)
    assert found[1].parts == (("路18号3", False), ("幢", True), ("502", False))


def test_without_addresses_there_is_nothing_to_align():
    assert address_spellings(orders(None)) == []
    assert address_spellings(pd.DataFrame({"order_id": ["o1"]})) == []


@given(st.lists(st.text(min_size=1), min_size=1, max_size=8))
def test_no_sign_is_lost(addresses: list[str]):
    assert {one.text for one in address_spellings(orders(*addresses))} == set(addresses)
