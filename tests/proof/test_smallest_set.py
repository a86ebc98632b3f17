"""The smallest set is the smallest: held against every set that there is."""

from __future__ import annotations

from itertools import combinations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from workbench.proof.smallest_set import Exhibit, Limits, More, SmallestSet, smallest_set

CARRIER, PLATFORM = ("carrier", True), ("platform", True)
SHOP, BUYER = ("shop", False), ("buyer", False)


def exhibit(sha, kind, size=10, characters=0):
    return Exhibit(sha, *kind, size=size, characters=characters)


def test_one_file_for_all_beats_one_for_each():
    scans = {n: exhibit(f"scan{n}", CARRIER) for n in "123"}
    all_scans = exhibit("scans", CARRIER, size=500)
    ledger = exhibit("ledger", SHOP)
    found = smallest_set({n: [scans[n], all_scans, ledger] for n in "123"})
    assert found.chosen == ("ledger", "scans")
    assert found.covered == ("1", "2", "3")
    assert found.total_bytes == 510
    assert found.whole
    assert found.proven
    # Where the total is limited, the small ones are taken although they are more.
    found = smallest_set({n: [scans[n], all_scans, ledger] for n in "123"}, Limits(total_bytes=40))
    assert found.chosen == ("ledger", "scan1", "scan2", "scan3")


def test_two_files_of_one_system_are_one_source():
    found = smallest_set({"1": [exhibit("a", CARRIER), exhibit("b", CARRIER)]})
    assert found == SmallestSet(lacking=("1",))


def test_two_sources_without_a_neutral_one_do_not_do():
    found = smallest_set({"1": [exhibit("a", SHOP), exhibit("b", BUYER)]})
    assert found.lacking == ("1",)
    with_neutral = [exhibit("a", SHOP), exhibit("b", BUYER), exhibit("c", CARRIER)]
    assert smallest_set({"1": with_neutral}).chosen == ("a", "c")


def test_what_nobody_said_what_it_is_proves_nothing():
    found = smallest_set({"1": [exhibit("a", CARRIER), Exhibit("b", "", True)]})
    assert found.lacking == ("1",)


def test_a_recorded_word_costs_no_file():
    found = smallest_set({"1": [Exhibit("", "buyer", False), exhibit("c", CARRIER)]})
    assert found.chosen == ("c",)
    given_both = [Exhibit("", "buyer", False), Exhibit("", "carrier", True)]
    assert smallest_set({"1": given_both}) == SmallestSet(covered=("1",))


def test_the_same_order_of_input_does_not_matter():
    twins = {"1": [exhibit("b", CARRIER), exhibit("a", CARRIER), exhibit("s", SHOP)]}
    found = smallest_set(twins)
    assert found.chosen == ("a", "s")
    assert smallest_set({"1": twins["1"][::-1]}) == found


def test_what_the_limits_do_not_hold_is_told_with_what_would():
    needs = {
        "1": [exhibit("c1", CARRIER), exhibit("s", SHOP)],
        "2": [exhibit("c2", CARRIER), exhibit("s", SHOP)],
        "3": [exhibit("c3", CARRIER), exhibit("s", SHOP)],
    }
    found = smallest_set(needs, Limits(files=2))
    assert found.chosen == ("c1", "s")
    assert found.covered == ("1",)
    assert found.left_out == ("2", "3")
    assert found.more == More(files=2)
    assert not found.whole
    found = smallest_set(needs, Limits(files=3, total_bytes=30))
    assert found.covered == ("1", "2")
    assert found.more == More(files=1, total_bytes=10)
    found = smallest_set(needs, Limits(files=0))
    assert (found.chosen, found.more) == ((), More(files=4))


def test_more_orders_go_before_fewer_files():
    wide = exhibit("wide", CARRIER)
    needs = {str(n): [wide, exhibit(f"s{n}", SHOP)] for n in range(2)}
    needs["x"] = [exhibit("px", PLATFORM), exhibit("sx", SHOP)]
    found = smallest_set(needs, Limits(files=3))
    assert found.covered == ("0", "1")
    assert found.more == More(files=2)


def test_a_file_above_the_limit_of_one_file_is_named():
    needs = {
        "1": [exhibit("film", CARRIER, size=900), exhibit("s", SHOP)],
        "2": [exhibit("s", SHOP)],
        "3": [exhibit("c", CARRIER), exhibit("s", SHOP)],
    }
    found = smallest_set(needs, Limits(file_bytes=899))
    assert found.oversized == ("1",)
    assert found.too_large == ("film",)
    assert found.lacking == ("2",)
    assert found.covered == ("3",)
    assert smallest_set(needs, Limits(file_bytes=900)).covered == ("1", "3")


def test_characters_are_limited_like_bytes():
    needs = {
        "1": [exhibit("long", PLATFORM, characters=300), exhibit("s", SHOP, characters=10)],
        "2": [exhibit("short", CARRIER, characters=90), exhibit("s", SHOP, characters=10)],
    }
    found = smallest_set(needs, Limits(characters=200))
    assert found.chosen == ("s", "short")
    assert found.characters == 100
    assert found.more == More(characters=200)


def test_nothing_asked_is_nothing_chosen():
    assert smallest_set({}) == SmallestSet()
    assert smallest_set({"1": []}) == SmallestSet(lacking=("1",))


def test_real_sizes_are_counted_to_the_byte():
    big = 200 * 1024 * 1024
    kinds = {"a": CARRIER, "b": PLATFORM, "s": SHOP}
    sizes = {"a": big - 1, "b": big, "s": big}
    needs = {"1": [exhibit(sha, kind, sizes[sha]) for sha, kind in kinds.items()]}
    found = smallest_set(needs, Limits(total_bytes=2 * big - 1))
    assert (found.chosen, found.total_bytes) == (("a", "b"), 2 * big - 1)
    found = smallest_set(needs, Limits(total_bytes=2 * big - 2))
    assert found.left_out == ("1",)
    assert found.more == More(total_bytes=1)


def proves(own, chosen):
    given = [one for one in own if one.system and (not one.sha256 or one.sha256 in chosen)]
    return len({one.system for one in given}) >= 2 and any(one.neutral for one in given)


def by_all_sets(needs, limits):
    """The best set, by looking at each: (chosen, covered), and the least the limits must give."""
    files = {one.sha256: one for own in needs.values() for one in own if one.sha256}
    fit = {
        sha
        for sha, one in files.items()
        if limits.file_bytes is None or one.size <= limits.file_bytes
    }
    provable = {order for order, own in needs.items() if proves(own, fit)}
    every = [chosen for count in range(len(fit) + 1) for chosen in combinations(sorted(fit), count)]

    def amounts(chosen):
        size = sum(files[sha].size for sha in chosen)
        return len(chosen), size, sum(files[sha].characters for sha in chosen)

    caps = (limits.files, limits.total_bytes, limits.characters)

    def within(chosen, some):
        return all(cap is None or a <= cap for a, cap in zip(amounts(chosen), some, strict=True))

    def covered(chosen):
        return {order for order in provable if proves(needs[order], chosen)}

    best = min(
        (chosen for chosen in every if within(chosen, caps)),
        key=lambda chosen: (-len(covered(chosen)), *amounts(chosen), chosen),
    )
    doing = [chosen for chosen in every if covered(chosen) == provable]
    over = []
    for at, cap in enumerate(caps):
        least = min(amounts(chosen)[at] for chosen in doing)
        over.append(0 if cap is None else max(0, least - cap))
        if cap is not None:
            doing = [chosen for chosen in doing if amounts(chosen)[at] <= cap + over[-1]]
    return best, covered(best), provable, More(*over)


SYSTEMS = [("", False), SHOP, BUYER, ("supplier", False), CARRIER, PLATFORM, ("bank", True)]
SIZES = st.sampled_from([0, 1, 7, 10, 200 * 1024 * 1024 - 1, 200 * 1024 * 1024])


@st.composite
def problems(draw):
    count = draw(st.integers(0, 7))
    files = [
        exhibit(f"f{n}", draw(st.sampled_from(SYSTEMS)), draw(SIZES), draw(st.integers(0, 3)))
        for n in range(count)
    ]
    spoken = [Exhibit("", *kind) for kind in draw(st.lists(st.sampled_from(SYSTEMS), max_size=1))]
    pool = files + spoken
    orders = draw(st.integers(0, 5))
    needs = {
        str(n): draw(st.lists(st.sampled_from(pool), unique=True)) if pool else []
        for n in range(orders)
    }
    most = sum(one.size for one in files)
    limits = Limits(
        draw(st.none() | st.integers(0, count)),
        draw(st.none() | SIZES),
        draw(st.none() | st.integers(0, max(most, 1))),
        draw(st.none() | st.integers(0, 8)),
    )
    return needs, limits


@settings(max_examples=250, deadline=None)
@given(problems())
def test_no_set_is_better(problem):
    needs, limits = problem
    found = smallest_set(needs, limits)
    best, covered, provable, more = by_all_sets(needs, limits)
    assert found.chosen == best
    assert set(found.covered) == covered
    assert set(found.left_out) == provable - covered
    assert found.more == (more if provable - covered else More())
    assert found.proven
    unproven = set(needs) - provable
    assert {*found.lacking, *found.oversized} == unproven
    everything = {one.sha256 for own in needs.values() for one in own}
    assert set(found.oversized) == {one for one in unproven if proves(needs[one], everything)}


def test_a_thousand_orders_and_a_hundred_files_are_solved():
    files = [exhibit(f"g{n:02}", CARRIER, size=100 + n) for n in range(40)]
    files += [exhibit(f"p{n:02}", PLATFORM, size=50) for n in range(40)]
    ledger = [exhibit(f"s{n}", SHOP, size=9) for n in range(3)]
    needs = {
        str(n): [files[n % 40], files[40 + n * 7 % 40], files[n * 11 % 40], ledger[n % 3]]
        for n in range(1000)
    }
    found = smallest_set(needs, Limits(files=90))
    assert found.proven
    assert found.whole
    assert all(proves(own, set(found.chosen)) for own in needs.values())
    for left_out in found.chosen:
        fewer = set(found.chosen) - {left_out}
        assert not all(proves(own, fewer) for own in needs.values())


def test_running_out_of_time_is_said(monkeypatch: pytest.MonkeyPatch):
    from workbench.proof import cover

    class RanOut:
        status, x = 1, None

    monkeypatch.setattr(cover, "milp", lambda *_, **__: RanOut())
    found = smallest_set({"1": [exhibit("c", CARRIER), exhibit("s", SHOP)]})
    assert not found.proven
    assert (found.chosen, found.left_out) == ((), ("1",))
