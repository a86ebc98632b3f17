import re

import pytest

from tests.explain.made import END, FACTS, finding, group, outcome
from workbench.explain.innocent import tests_of as names_of_tests
from workbench.explain.sentence import sentence
from workbench.explain.weigh import weigh

DETECTORS = [*FACTS, "of_a_third_party"]


def worded(language, *findings, contradiction=""):
    of = group(*findings)
    outcomes = {name: outcome("failed") for name in names_of_tests(of)}
    return sentence(weigh(of, outcomes, {"time": 1}), contradiction, language)


def test_burst_in_english():
    assert worded("en", finding()) == (
        "3 orders of “Cup” at 59.00 within 49 min from 2025-06-01 12:00; usual here: 0.4. "
        "Of 3 of them, 0 came from a buyer with any other order (usual: 61 %)."
    )


def test_burst_in_chinese():
    assert worded("zh", finding()) == (
        "自 2025-06-01 12:00 起 49 分钟内，“Cup”以同一金额 59.00 成交 3 单，本店常态约 0.4 单。"
        "可识别买家的 3 单中，买家另有其他订单的有 0 单（本店常态：61 %）。"
    )


def test_shared_phone_in_both_languages():
    found = finding("shared_phone")
    assert worded("en", found) == (
        "9 accounts share one phone number (usual here: 0.4); 80 % of them bought “Cup”, all "
        "within 11 day(s)."
    )
    assert worded("zh", found) == (
        "9 个账号共用同一个手机号（本店常态约 0.4 个）；其中 80 % 购买了“Cup”，前后不过 11 天。"
    )


@pytest.mark.parametrize("detector", DETECTORS)
@pytest.mark.parametrize("facts", ["full", "empty", "null"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_is_whole_and_neutral(detector, facts, language):
    full = FACTS.get(detector, {})
    given = {"full": full, "empty": {}, "null": dict.fromkeys(full)}[facts]
    said = worded(language, finding(detector, facts=given))
    assert not re.search(r"[{}]|None|nan", said)
    assert not re.search(r"fraud|fake|brush|虚假|刷单|欺诈", said, re.IGNORECASE)
    assert "0.4" in said or detector == "rapid_repeat"
    assert said.endswith("." if language == "en" else "。")


def test_a_second_family_adds_a_clause_and_a_second_finding_of_the_same_none():
    said = worded("en", finding(p_value=1e-9), finding("rapid_repeat"), finding("shared_phone"))
    assert said.count("Also: ") == 1
    again = worded("en", finding(p_value=1e-9), finding(orders="abd"))
    assert "Also" not in again


def test_a_contradiction_takes_the_place_of_the_second_clause():
    said = worded("en", finding(), finding("rapid_repeat"), contradiction="Scans contradict.")
    assert said.endswith("Scans contradict.")
    assert "Also" not in said


@pytest.mark.parametrize("first", FACTS)
@pytest.mark.parametrize("second", FACTS)
def test_sentences_stay_short(first, second):
    assert len(worded("en", finding(first), finding(second)).split()) <= 62


def test_titles_of_strangers_are_cut_and_on_one_line():
    facts = FACTS["same_offer_burst"] | {"item": "<b>{0}\n\u202eAAAA " + "long " * 30}
    said = worded("en", finding(facts=facts))
    assert "<b>{0} AAAA long long l…" in said
    assert "\n" not in said
    assert "\u202e" not in said


def test_figures_stand_as_a_reader_meets_them():
    from workbench.explain.wording import figure

    assert [figure(x) for x in (0.0, 0.004, 0.41, 2.0, 2.24, 887.3)] == [
        "0", "<0.01", "0.41", "2", "2.2", "887",
    ]  # fmt: skip
    assert worded("en", finding(end=END.replace(hour=12, minute=0))).count("within 1 min") == 1
