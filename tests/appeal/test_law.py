from datetime import date

from workbench.appeal.law import PROVISIONS, in_force


def test_each_provision_has_its_words_and_its_source():
    for one in PROVISIONS:
        assert all((one.zh, one.en, one.says_zh, one.says_en, one.source_zh, one.source_en))
        assert one.confidence in ("V", "S")
        assert one.in_force < one.checked


def test_a_provision_is_named_only_from_the_day_it_is_in_force():
    before = {one.en for one in in_force(date(2026, 1, 31))}
    after = {one.en for one in in_force(date(2026, 2, 1))}
    assert before < after
    assert len(after - before) == 1
    assert "Order 116" in (after - before).pop()
    assert in_force(date(2018, 12, 31)) == []
