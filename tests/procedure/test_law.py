from datetime import date, timedelta

import pytest

from workbench.procedure import PROVISIONS, in_force, letter_law, provision
from workbench.procedure.law import CONFIDENCES, cite, least

ORDER_116 = date(2026, 2, 1)


def ids(day: date) -> set[str]:
    return {one.id for one in in_force(day)}


def test_each_provision_has_its_words_and_its_source():
    for one in PROVISIONS:
        assert all((one.zh, one.en, one.says_zh, one.says_en, one.source_zh, one.source_en)), one.id
        assert one.confidence in CONFIDENCES
        assert one.in_force < one.checked <= date(2026, 11, 22)
        assert one.until is None or one.in_force < one.until
    assert len({one.id for one in PROVISIONS}) == len(PROVISIONS)


def test_a_number_that_was_not_read_is_said_to_be_so():
    unread = [one for one in PROVISIONS if not one.number_read]
    assert {one.instrument for one in unread} == {"O37", "O91", "O116"}
    for one in unread:
        assert "待核对官方文本" in one.zh
        assert "to be read in the official text" in one.en
    read = [one for one in PROVISIONS if one.number_read]
    assert all("第" in one.zh and "article" in one.en for one in read)
    # Of Order 116 only three numbers were read.
    assert {one.id for one in read if one.instrument == "O116"} == {"O116.2", "O116.12", "O116.27"}


def test_a_text_is_in_force_from_its_first_to_its_last_day():
    last, first = date(2025, 10, 14), date(2025, 10, 15)
    assert {"AUCL2019.8", "AUCL2019.20"} <= ids(last)
    assert {"AUCL2019.8", "AUCL2019.20"}.isdisjoint(ids(first))
    assert {"AUCL2025.9", "AUCL2025.25", "AUCL2025.13-4"} <= ids(first)
    assert {"AUCL2025.9", "AUCL2025.25", "AUCL2025.13-4"}.isdisjoint(ids(last))
    assert in_force(date(2018, 4, 30)) == []


def test_order_116_is_in_force_from_february_2026():
    before, after = ids(ORDER_116 - timedelta(days=1)), ids(ORDER_116)
    assert {one.split(".")[0] for one in after - before} == {"O116", "O117"}
    assert before - after == set()


def test_a_letter_names_what_every_letter_does_and_what_it_cites():
    day = ORDER_116 - timedelta(days=1)
    assert [one.id for one in letter_law(day)] == ["EC.59", "EC.60", "EC.62"]
    # A flaw in how a later appeal was handled cites what came into force in between.
    cited = ["EC.34", "O116.human", "EC.60"]
    named = [one.id for one in letter_law(day, cited)]
    assert named == ["EC.34", "EC.59", "EC.60", "EC.62", "O116.human"]
    later = [one.id for one in letter_law(ORDER_116, ["O116.limits"])][3:]
    assert later == ["O116.basis", "O116.review", "O116.human", "O116.limits"]


def test_a_provision_is_found_by_its_id_and_named_in_both_languages():
    one = provision("EC.34")
    assert one.zh == "《电子商务法》第三十四条"
    assert one.en == "E-Commerce Law of the PRC, article 34"
    assert provision("AUCL2025.13-4").dated_by == "conduct"
    with pytest.raises(KeyError):
        provision("EC.77x")


def test_article_77_of_the_e_commerce_law_is_never_cited():
    # It is about search results and tie-in sales, not about fake transactions.
    assert "EC.77" not in {one.id for one in PROVISIONS}


def test_the_least_sure_of_several():
    assert least(["V", "G", "V-sec"]) == "G"
    assert least(["V", "V-sec"]) == "V-sec"
    assert least([]) == ""


def test_several_articles_of_one_instrument_are_cited_together():
    several = [provision(one) for one in ("EC.34", "O116.basis", "EC.81", "O116.review")]
    assert cite(several, "zh") == (
        "《电子商务法》第三十四条、第八十一条；《网络交易平台规则监督管理办法》"
        "（市场监管总局、国家网信办令第116号），条号待核对官方文本"
    )
    assert cite(several, "en") == (
        "E-Commerce Law of the PRC, article 34, article 81; Measures for the Supervision of "
        "Platform Rules (SAMR and CAC Order 116), article number to be read in the official text"
    )
    assert cite([], "zh") == ""
