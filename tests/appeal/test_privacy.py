import re

from hypothesis import given
from hypothesis import strategies as st
from invented_matter import Example

from workbench.appeal.privacy import _parts, concealer, orders_of


def test_known_values_become_their_masked_forms(example: Example):
    conceal = concealer(example.tables, ["1001"], example.masker)
    alias = example.masker.alias("B", "buyer_wang")
    assert conceal("buyer_wang 是熟客") == f"{alias} 是熟客"
    assert conceal("王小明签收") == "王*签收"
    assert conceal("致电 13600001111") == "致电 ▒"


def test_numbers_of_orders_stay(example: Example):
    long = "240728699116526468"
    assert concealer(example.tables, [long], example.masker)(f"订单 {long}") == f"订单 {long}"
    assert concealer(example.tables, ["1001"], example.masker)(f"订单 {long}") == "订单 ▒"


def test_without_a_masker_nothing_changes(example: Example):
    assert concealer(example.tables, ["1001"], None)("王小明 13912345678") == "王小明 13912345678"


def test_without_orders_contacts_still_go(example: Example):
    assert concealer({}, [], example.masker)("13912345678") == "▒"


def test_orders_of_takes_these_orders_only(example: Example):
    found = orders_of(example.tables["orders"], ["1003", "1001", "none"]).to_pandas()
    assert sorted(found["order_id"]) == ["1001", "1003"]


@given(
    st.lists(st.text("ab一二", min_size=1, max_size=4), min_size=1, unique=True),
    st.text("ab一二三", max_size=30),
)
def test_a_text_is_cut_as_a_pattern_of_all_words_would_cut_it(words, text):
    words = sorted(words, key=len, reverse=True)
    starts: dict[str, list[str]] = {}
    for word in words:
        starts.setdefault(word[:2], []).append(word)
    pattern = re.compile("|".join(map(re.escape, words)))
    assert [part for part in _parts(text, starts) if part in words] == pattern.findall(text)
    assert "".join(_parts(text, starts)) == text
