import hashlib
from dataclasses import replace

from tests.explain.made import as_findings, finding
from workbench.explain.merge import group_name, merge, read_findings


def names(prefix: str, count: int, start: int = 0) -> list[str]:
    return [f"{prefix}{n}" for n in range(start, start + count)]


def test_group_is_named_by_its_orders():
    digest = hashlib.sha256(b"a\nb").hexdigest()
    assert group_name(["b", "a"]) == "G-" + digest[:8]


def test_half_of_the_orders_in_common_is_one_group():
    # 2 of 4 different orders: Jaccard 0.5
    phone = finding("shared_phone", orders="bcd", p_value=1e-9)
    groups = merge([finding("rapid_repeat", orders="abc"), phone], {})
    assert [g.orders for g in groups] == [frozenset("abcd")]
    assert [f.detector for f in groups[0].findings] == ["shared_phone", "rapid_repeat"]


def test_what_a_crowds_window_sells_anyway_stands_beside_the_group():
    # 0.4 orders expected: one more than the phone's is nothing rare (0.33), three are (0.008).
    phone = names("o", 6)
    (group,) = merge([finding(orders=names("o", 7)), finding("shared_phone", orders=phone)], {})
    assert (group.orders, group.beside) == (frozenset(phone), {"o6"})
    (group,) = merge([finding(orders=names("o", 9)), finding("shared_phone", orders=phone)], {})
    assert (len(group.orders), group.beside) == (9, frozenset())


def test_a_crowd_that_is_mostly_strangers_stays():
    # Two of three orders of the crowd are not the phone's: the crowd itself is what was found.
    crowd = finding(orders=["a", "b", "c"], p_value=1e-9)
    phone = finding("shared_phone", orders=["c", "d"])
    (group,) = merge([crowd, phone], {"a": "ann", "b": "bob", "c": "ann", "d": "bob"})
    assert group.orders == frozenset("abcd")


def test_a_finding_that_looks_at_proposed_orders_names_nobody():
    crowd = finding(orders=names("o", 5), p_value=1e-5)
    wider = replace(finding("hour_profile", names("o", 8), family="behaviour"), stage="test")
    (group,) = merge([crowd, wider], {})
    assert (len(group.orders), group.beside) == (5, {"o5", "o6", "o7"})


def test_less_than_half_in_common_stays_apart():
    # 2 of 5: Jaccard 0.4
    groups = merge([finding(orders="abcd"), finding("shared_phone", orders="cde")], {})
    assert len(groups) == 2


def test_a_ring_at_a_dormitory_stays_a_group_of_its_own():
    dormitory, ring = names("o", 60), names("o", 12)
    groups = merge(
        [finding("shared_phone", orders=dormitory), finding(orders=ring, p_value=1e-6)], {}
    )
    assert {g.orders for g in groups} == {frozenset(dormitory), frozenset(ring)}


def test_phones_that_cover_a_third_of_a_ring_are_one_group_with_it():
    # 3 phones of 5 orders cover 15 of 45; none of them alone overlaps by half.
    ring = names("o", 45)
    phones = [finding("shared_phone", orders=ring[n : n + 5]) for n in (0, 5, 10)]
    (group,) = merge([finding("lockstep", orders=ring, family="coordination"), *phones], {})
    assert group.orders == frozenset(ring)
    assert len(group.findings) == 4


def test_phones_that_cover_less_than_a_third_stay_apart():
    ring = names("o", 46)
    phones = [finding("shared_phone", orders=ring[n : n + 5]) for n in (0, 5, 10)]
    groups = merge([finding("lockstep", orders=ring, family="coordination"), *phones], {})
    assert sorted(len(g.orders) for g in groups) == [5, 5, 5, 46]


def test_a_larger_and_weaker_finding_supports_but_drags_nobody_in():
    # Jaccard 12/20; 4 digits are less than half of 9.
    ring, crowd = names("o", 12), names("o", 20)
    (group,) = merge([finding(orders=ring, p_value=1e-9), finding("b", crowd, p_value=1e-4)], {})
    assert group.orders == frozenset(ring)
    assert len(group.findings) == 2


def test_an_ambiguous_finding_counts_no_more_than_its_cap():
    # 40 digits count as 4, which is less than half of 9.
    ring, crowd = names("o", 12), names("o", 20)
    surge = finding("multi_scale_surge", crowd, p_value=1e-40, ambiguous=True)
    (group,) = merge([finding(orders=ring, p_value=1e-9), surge], {})
    assert group.orders == frozenset(ring)
    assert [f.detector for f in group.findings] == ["same_offer_burst", "multi_scale_surge"]


def test_two_rings_with_a_few_orders_in_common_are_two_groups():
    one, two = names("o", 10), names("o", 10, start=6)
    assert len(merge([finding(orders=one), finding("lockstep", orders=two)], {})) == 2


def test_a_chain_of_half_overlaps_does_not_glue_its_ends():
    # Each is half alike to the next; the strongest one begins the group of its neighbours only.
    chain = [finding(f"d{n}", names("o", 6, start=2 * n), 10.0 ** (n - 9)) for n in range(4)]
    groups = merge(chain, {})
    assert [len(g.findings) for g in groups] == [2, 2]


def test_a_test_on_the_same_orders_belongs_to_the_same_group():
    found = [finding(orders="abc"), finding("hour_profile", "abc", 0.2, family="behaviour")]
    assert len(merge(found, {})) == 1


def test_shared_accounts_link_groups_without_a_common_order():
    accounts = {"a1": "ann", "a2": "bob", "b1": "ann", "b2": "bob"}
    groups = merge(
        [finding(orders=["a1", "a2"]), finding("shared_phone", orders=["b1", "b2"])], accounts
    )
    assert [g.orders for g in groups] == [frozenset(accounts)]


def test_one_common_account_links_nobody():
    accounts = {"a1": "ann", "a2": "ann", "b1": "ann"}
    groups = merge([finding(orders=["a1", "a2"]), finding("shared_phone", orders=["b1"])], accounts)
    assert len(groups) == 2


def test_links_are_passed_on():
    chain = [finding(orders="ab"), finding("shared_phone", orders="bcd"[:2])]
    chain.append(finding("rapid_repeat", orders="abc"))
    assert len(merge(chain, {})) == 1


def test_findings_are_read_in_the_same_order_whatever_the_rows_order():
    found = as_findings([finding(orders="abc"), finding("rapid_repeat", orders="xyz")])
    shuffled = as_findings([])
    rows = found.rows.sample(frac=1, random_state=1)
    again = read_findings(type(found)(rows, shuffled.runs))
    assert again == read_findings(found)
    assert {f.orders for f in again} == {frozenset("abc"), frozenset("xyz")}


def test_what_an_ambiguous_detector_found_is_read_as_such():
    found = as_findings([finding(orders="abc"), finding("rapid_repeat", orders="xyz")])
    runs = found.runs.assign(ambiguous=found.runs.detector == "rapid_repeat")
    read = {f.detector: f.ambiguous for f in read_findings(type(found)(found.rows, runs))}
    assert read == {"same_offer_burst": False, "rapid_repeat": True}


def test_no_findings_make_no_groups():
    assert read_findings(as_findings([])) == []
    assert merge([], {}) == []
