from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.case import attach, events, supersede, withdraw
from workbench.case.statements import add_statement
from workbench.proof import SYSTEMS, order_strength
from workbench.proof.strength import Source, weigh

from .conftest import MEMBERS

LACKS = {
    "nothing": "Nothing has been given for it yet.",
    "unsaid": "A file counts for nothing until somebody says what it is.",
    "consent": "A buyer's statement counts only once its consent and question are recorded.",
    "own": "All of it is the shop's own: a party's own word is not enough alone (art. 90).",
    "buyer": "Only the buyer speaks for it: an interested witness is not enough (art. 90).",
    "second": "A second source that is independent of the first.",
    "neutral": "A neutral source: the carrier, the platform or the bank (art. 94).",
    "original": "An original: copies that cannot be checked weigh little (art. 90).",
}


def give(case, content, code, subject=("order", "o1"), **more):
    kind, subject_id = subject
    said = {"subject": kind, "subject_id": subject_id, "code": code, "who": "li", **more}
    return attach(case, content.encode(), f"{content}.pdf", **said).sha256


def say(case, order_id="o1", **more):
    said = {"text": "mine", "asked": "How did it come about?", "who": "li", **more}
    return add_statement(
        case,
        order_id=order_id,
        consent_at=datetime(2026, 1, 8),
        consent_how="chat",
        **said,
    )


def weight(case, order_id="o1", **more):
    return order_strength(case, [order_id], MEMBERS, **more).iloc[0].to_dict()


def lacks(row):
    known = {text: name for name, text in LACKS.items()}
    return [known[one["en"]] for one in row["lacking"]]


def test_nothing_speaks_for_an_order_without_evidence(case):
    row = weight(case)
    assert (row["level"], row["independent"], row["systems"]) == ("none", 0, [])
    assert (row["neutral"], row["original"], row["sufficient"]) == (False, False, False)
    assert row["exhibits"] == []
    assert lacks(row) == ["nothing"]


def test_papers_of_one_system_are_one_source(case):
    give(case, "label", "E03")
    give(case, "packing list", "E27")
    row = weight(case)
    assert (row["systems"], row["independent"], row["level"]) == (["warehouse"], 1, "weak")
    assert len(row["exhibits"]) == 2


def test_carrier_payment_and_buyer_are_three_sources(case):
    give(case, "scans", "E01", copy="original")
    give(case, "transfer", "E24")
    say(case)
    row = weight(case)
    assert row["systems"] == ["bank", "buyer", "carrier"]
    assert (row["independent"], row["sufficient"], row["level"]) == (3, True, "strong")
    assert row["lacking"] == []


def test_what_the_shop_made_itself_is_weak_however_much_it_is(case):
    for content, code in (("film", "E06"), ("ledger", "E08"), ("import log", "E18")):
        give(case, content, code, copy="original")
    row = weight(case)
    assert (row["systems"], row["level"], row["original"]) == (["shop"], "weak", True)
    assert lacks(row) == ["own", "second", "neutral"]


def test_two_sources_without_a_neutral_one_are_not_enough(case):
    give(case, "film", "E06")
    give(case, "invoice", "E07")
    row = weight(case)
    assert (row["independent"], row["neutral"], row["sufficient"]) == (2, False, False)
    assert (row["level"], lacks(row)) == ("weak", ["neutral", "original"])


def test_two_sources_with_a_neutral_one_are_enough(case):
    give(case, "scans", "E01")
    give(case, "film", "E06")
    row = weight(case)
    assert (row["sufficient"], row["level"], row["lacking"]) == (True, "enough", [])
    assert row["original"]  # the carrier's own export


def test_a_neutral_source_alone_is_not_enough(case):
    give(case, "scans", "E01")
    give(case, "weight", "E02")
    row = weight(case)
    assert (row["independent"], row["neutral"], row["level"]) == (1, True, "weak")
    assert lacks(row) == ["second"]


def test_copies_want_an_original(case):
    give(case, "scans", "E01", copy="copy")
    give(case, "film", "E06", copy="copy")
    give(case, "invoice", "E07")
    row = weight(case)
    assert (row["sufficient"], row["original"], row["level"]) == (True, False, "enough")
    assert lacks(row) == ["original"]


def test_the_buyer_alone_is_never_enough(case):
    say(case)
    row = weight(case)
    assert (row["systems"], row["level"], row["exhibits"]) == (["buyer"], "weak", [])
    assert lacks(row) == ["buyer", "second", "neutral", "original"]


def test_a_buyer_s_paper_counts_once_consent_is_recorded(case):
    sha256 = give(case, "statement", "E15", copy="original")
    row = weight(case)
    assert (row["systems"], row["exhibits"], row["level"]) == ([], [sha256], "weak")
    assert lacks(row) == ["consent", "neutral"]
    say(case, sha256=sha256)
    row = weight(case)
    assert (row["systems"], row["exhibits"], row["original"]) == (["buyer"], [sha256], True)
    assert "consent" not in lacks(row)


def test_consent_for_one_order_is_none_for_the_other_orders_of_its_group(case):
    sha256 = give(case, "statement", "E15", ("group", "G-1"))
    say(case, "o1", sha256=sha256)
    assert weight(case, "o1")["systems"] == ["buyer"]
    assert weight(case, "o2")["systems"] == []


def test_the_word_of_a_person_on_the_source_counts(case):
    give(case, "scans typed off a screen", "E01", system="shop")
    give(case, "film", "E06")
    row = weight(case)
    assert (row["systems"], row["neutral"]) == (["shop"], False)


def test_a_file_that_nobody_named_counts_for_nothing(case):
    give(case, "scans", "E01")
    give(case, "something", "")
    row = weight(case)
    assert (row["systems"], len(row["exhibits"])) == (["carrier"], 2)
    assert lacks(row) == ["unsaid", "second"]


def test_what_speaks_for_a_group_or_the_case_speaks_for_its_orders(case):
    give(case, "scans", "E01", ("group", "G-1"))
    give(case, "contract", "E07", ("case", ""))
    found = order_strength(case, ["o1", "o3", "o5"], MEMBERS)
    assert found["systems"].tolist() == [["carrier", "supplier"], ["supplier"], ["supplier"]]
    assert found["level"].tolist() == ["enough", "weak", "weak"]
    assert order_strength(case, ["o1"])["systems"].tolist() == [["supplier"]]


def test_a_file_linked_to_the_order_and_its_group_counts_once(case):
    first = give(case, "scans", "E01", ("group", "G-1"))
    assert give(case, "scans", "E01", ("order", "o1")) == first
    assert weight(case)["exhibits"] == [first]


def test_what_is_withdrawn_or_superseded_no_longer_counts(case):
    old = give(case, "photocopy", "E01", copy="copy")
    new = give(case, "certificate", "E01", ("case", ""), copy="original")
    supersede(case, old, new, reason="the sealed one came", who="li")
    assert (weight(case)["exhibits"], weight(case)["original"]) == ([new], True)
    for kind, subject_id in (("order", "o1"), ("case", "")):
        withdraw(case, new, subject=kind, subject_id=subject_id, reason="another", who="li")
    assert weight(case)["level"] == "none"


def test_an_earlier_day_is_weighed_as_it_was(case):
    give(case, "scans", "E01")
    at = events(case.database)["at"].iloc[-1]
    give(case, "film", "E06")
    assert weight(case)["level"] == "enough"
    assert weight(case, until=at)["level"] == "weak"


def test_rows_stand_in_the_order_asked(case):
    assert order_strength(case, ["o3", "o1"])["order_id"].tolist() == ["o3", "o1"]
    assert order_strength(case, []).empty


def test_each_lack_is_told_in_both_languages(case):
    (lack,) = weight(case)["lacking"]
    assert lack == {"zh": "尚未提交任何证据。", "en": "Nothing has been given for it yet."}


sources = st.builds(
    Source,
    st.sampled_from(["a", "b", "c", "d", ""]),
    st.sampled_from([*SYSTEMS, ""]),
    st.sampled_from(["original", "copy", "unknown"]),
    st.booleans(),
)


@given(st.lists(sources, max_size=8), sources)
def test_more_evidence_never_weighs_less(some, more):
    levels = ["none", "weak", "enough", "strong"]
    known = {one.sha256: one for one in some}
    if more.sha256 in known:  # another file
        more = Source("e", more.system, more.copy, more.consented)
    before, after = weigh(some), weigh([*some, more])
    assert levels.index(after.level) >= levels.index(before.level)


@given(st.lists(sources, max_size=8))
def test_sufficient_is_two_sources_with_a_neutral_one(some):
    found = weigh(some)
    assert found.sufficient == (len(found.systems) >= 2 and found.neutral)
    assert found.sufficient == (found.level in ("enough", "strong"))
    assert found.neutral == any(SYSTEMS[name].neutral for name in found.systems)


@pytest.mark.parametrize("copy", ["original", "copy", "unknown"])
def test_an_export_of_the_shop_s_own_is_an_original_only_if_somebody_says_so(copy):
    assert Source("a", "warehouse", copy).original == (copy == "original")
    assert Source("a", "carrier", copy).original == (copy != "copy")
