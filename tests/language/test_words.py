import sys

import pytest

from workbench.language import LANGUAGES, words
from workbench.language.words import catalogue

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "{count} orders of {item}"
msgstr "{item} 的 {count} 笔订单"

msgid "untranslated"
msgstr ""
"""

COMMON = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Order"
msgstr "订单"
"""


@pytest.fixture
def room(tmp_path, monkeypatch):
    (tmp_path / "shop.po").write_text(CATALOGUE, "utf-8")
    (tmp_path / "language.po").write_text(COMMON, "utf-8")
    # The room's door hides the module behind the function of the same name.
    monkeypatch.setattr(sys.modules["workbench.language.words"], "_CATALOGUES", tmp_path)
    catalogue.cache_clear()
    yield "shop"
    catalogue.cache_clear()


def test_figures_stand_where_each_language_wants_them(room):
    told = [
        words(room, language)("{count} orders of {item}", count=3, item="杯")
        for language in LANGUAGES
    ]
    assert told == ["杯 的 3 笔订单", "3 orders of 杯"]


def test_what_every_room_says_alike_is_known_in_every_room(room):
    assert words(room, "zh")("Order") == "订单"


def test_a_value_is_never_read_as_a_template(room):
    say = words(room, "en")
    assert say("{count} orders of {item}", count=3, item="{count}") == "3 orders of {count}"


def test_english_is_its_own_source(room):
    assert words(room, "en")("never seen before {}") == "never seen before {}"


@pytest.mark.parametrize("text", ["never seen before", "untranslated"])
def test_chinese_that_is_not_there_fails_at_once(room, text):
    with pytest.raises(KeyError):
        words(room, "zh")(text)


def test_a_figure_that_is_not_given_fails_at_once(room):
    with pytest.raises(KeyError, match="item"):
        words(room, "zh")("{count} orders of {item}", count=3)


def test_there_are_two_languages():
    with pytest.raises(ValueError, match="'fr'"):
        words("shop", "fr")
