"""What is said in English is said in Chinese, with the same figures, and nothing else is."""

from pathlib import Path

import pytest

import workbench

from .wording import places, rooms_asked_in, said_in, translated

PACKAGE = Path(workbench.__file__).parent
CATALOGUES = PACKAGE / "language" / "zh"
ROOMS = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file())


def sources(room):
    return sorted((PACKAGE / room).rglob("*.py"))


def said(room):
    return [call for path in sources(room) for call in said_in(path, PACKAGE)]


def test_every_catalogue_belongs_to_a_room():
    assert {path.stem for path in CATALOGUES.glob("*.po")} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_only_literals_are_said(room):
    assert [call.where for call in said(room) if call.text is None] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_asks_for_its_own_words(room):
    assert {asked for path in sources(room) for asked in rooms_asked_in(path)} <= {room}


@pytest.mark.parametrize("room", ROOMS)
def test_all_that_is_said_is_translated_and_nothing_else(room):
    texts = {call.text for call in said(room) if call.text is not None}
    catalogue = translated(CATALOGUES / f"{room}.po")
    missing = sorted(text for text in texts if not catalogue.get(text))
    dead = sorted(set(catalogue) - texts)
    assert {"missing": missing, "dead": dead} == {"missing": [], "dead": []}


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_have_the_same_places(room):
    catalogue = translated(CATALOGUES / f"{room}.po")
    assert [en for en, zh in catalogue.items() if zh and places(en) != places(zh)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_place_is_given_its_figure(room):
    # A call without figures hands its text on as a template.
    calls = [call for call in said(room) if call.text is not None and call.figures]
    assert [call.where for call in calls if places(call.text) != call.figures] == []


SOURCE = """from workbench.language import words
say("plain")
say("{n} of {item:>3}", n=1, item="x")
say("joined "
    "text", **figures)
say(text)
say(f"{n}")
other("not said")
words("charts", "zh")
words(room, "zh")
"""


def test_the_extraction_sees_what_is_said(tmp_path):
    path = tmp_path / "a.py"
    path.write_text(SOURCE)
    assert [(call.where, call.text, call.figures) for call in said_in(path, tmp_path)] == [
        ("a.py:2", "plain", frozenset()),
        ("a.py:3", "{n} of {item:>3}", frozenset({"n", "item"})),
        ("a.py:4", "joined text", None),
        ("a.py:6", None, frozenset()),
        ("a.py:7", None, frozenset()),
    ]
    assert rooms_asked_in(path) == {"charts"}
    path.write_text(SOURCE.replace("workbench.language", "another.list"))
    assert rooms_asked_in(path) == set()
    assert places("{n} of {item:>3} {{x}}") == {"n", "item"}


def test_the_catalogue_reader_takes_no_doubtful_entry(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "one"\nmsgstr "一"\n\n#, fuzzy\nmsgid "two"\nmsgstr "二"\n\n'
        'msgid "three"\nmsgstr ""\n',
        "utf-8",
    )
    assert translated(path) == {"one": "一", "two": "", "three": ""}
    assert translated(tmp_path / "none.po") == {}
