import hashlib

from tests.explain.made import as_findings, finding
from workbench.explain.merge import group_name, merge, read_findings


def names(prefix: str, count: int, start: int = 0) -> list[str]:
    return [f"{prefix}{n}" for n in range(start, start + count)]


def test_group_is_named_by_its_orders():
    digest = hashlib.sha256(b"a\nb").hexdigest()
    assert group_name(["b", "a"]) == "G-" + digest[:8]


def test_half_of_the_orders_in_common_is_one_group():
    # 2 of 4 different orders: Jaccard 0.5
    groups = merge(
        [finding(orders="abc"), finding("shared_identity", orders="bcd", p_value=1e-9)], {}
    )
    assert [g.orders for g in groups] == [frozenset("abcd")]
    assert [f.detector for f in groups[0].findings] == ["shared_identity", "same_offer_burst"]


def test_less_than_half_in_common_stays_apart():
    # 2 of 5: Jaccard 0.4
    groups = merge([finding(orders="abcd"), finding("shared_identity", orders="cde")], {})
    assert len(groups) == 2


def test_a_contained_group_joins_when_it_is_a_fifth():
    large = names("o", 10)
    assert len(merge([finding(orders=large), finding("rapid_repeat", orders=large[:2])], {})) == 1


def test_two_room_mates_do_not_join_their_dormitory():
    large = names("o", 11)
    groups = merge([finding(orders=large), finding("rapid_repeat", orders=large[:2])], {})
    assert len(groups) == 2


def test_shared_accounts_link_groups_without_a_common_order():
    accounts = {"a1": "ann", "a2": "bob", "b1": "ann", "b2": "bob"}
    groups = merge(
        [finding(orders=["a1", "a2"]), finding("shared_identity", orders=["b1", "b2"])], accounts
    )
    assert [g.orders for g in groups] == [frozenset(accounts)]


def test_one_common_account_links_nobody():
    accounts = {"a1": "ann", "a2": "ann", "b1": "ann"}
    groups = merge(
        [finding(orders=["a1", "a2"]), finding("shared_identity", orders=["b1"])], accounts
    )
    assert len(groups) == 2


def test_links_are_passed_on():
    chain = [finding(orders="ab"), finding("shared_identity", orders="bcd"[:2])]
    chain.append(finding("rapid_repeat", orders="abc"))
    assert len(merge(chain, {})) == 1


def test_findings_are_read_in_the_same_order_whatever_the_rows_order():
    found = as_findings([finding(orders="abc"), finding("rapid_repeat", orders="xyz")])
    shuffled = as_findings([])
    rows = found.rows.sample(frac=1, random_state=1)
    again = read_findings(type(found)(rows, shuffled.runs))
    assert again == read_findings(found)
    assert {f.orders for f in again} == {frozenset("abc"), frozenset("xyz")}


def test_no_findings_make_no_groups():
    assert read_findings(as_findings([])) == []
    assert merge([], {}) == []
