"""The rules are sound data: known columns, both languages, nothing personal shown."""

import re

import pytest

from workbench.quality.rules import RULES, Condition
from workbench.quality.views import TABLE_OF
from workbench.tables import TABLES

MADE = {"parts_gap", "orders_on_it", "order_created_at", "order_shipped_at", "said"}


def columns_of(rule):
    named = {rule.odd.column, *rule.columns, *rule.shown, *rule.needs}
    named |= {condition.column for condition in rule.among}
    return {name for name in named if name} - MADE


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_speaks_both_languages(rule):
    assert rule.severity in ("impossible", "odd")
    for words in (rule.title, rule.innocent, rule.do):
        assert set(words) == {"en", "zh"}
        assert re.search("[一-鿿]", words["zh"])
        assert not re.search("[一-鿿]", words["en"])


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_names_known_columns_and_shows_no_personal_ones(rule):
    if rule.of == "*":
        assert rule.type == "time"
        for name in rule.excepted:
            table, column = name.split(".")
            TABLES[table].column(column)
        return
    table = TABLES[TABLE_OF[rule.of]]
    for name in columns_of(rule):
        assert table.column(name).mask is None


@pytest.mark.parametrize("raw", [{}, {"column": "a"}, {"a": 1}, {"filled": True, "equals": 1}])
def test_a_condition_has_one_known_test(raw):
    with pytest.raises(ValueError, match="one test"):
        Condition.read(raw)
