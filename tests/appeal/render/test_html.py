import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from invented_matter import HOSTILE_TITLE, Example

from appeal.told_letter import told_letter
from workbench.appeal.letter_groups import chart_name
from workbench.appeal.render import html_paper

CHART = chart_name("G-aaaaaaaa", "en")
PNG = b"\x89PNG\r\n\x1a\n picture"


@pytest.fixture(scope="module")
def model(example: Example) -> dict:
    return told_letter(example, "en", lacking=["a seal"], charts=[CHART])


@pytest.fixture(scope="module")
def page(model: dict) -> str:
    return html_paper(model, "letter", {CHART: PNG}).decode()


class Seen(HTMLParser):
    """Elements with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_the_page_needs_nothing_from_anywhere(page: str):
    seen = Seen(page)
    assert {tag for tag, _ in seen.elements}.isdisjoint(
        {"script", "link", "iframe", "object", "embed", "form", "base", "svg"}
    )
    for _, attributes in seen.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            value = attributes.get(name)
            assert value is None or value.startswith(("#", "data:image/png;base64,"))
    assert "http" not in re.sub(r"http://x\.example|http-equiv", "", page)


def test_the_policy_lets_only_this_style_in(page: str):
    (policy,) = [m["content"] for m in Seen(page).all("meta") if "http-equiv" in m]
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "form-action 'none'; base-uri 'none'"
    )


def test_every_link_leads_somewhere_and_every_place_is_there_once(page: str):
    elements = Seen(page).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for tag, a in elements if tag == "a"}
    assert targets <= {f"#{one}" for one in ids}
    assert {"#E1", "#G-aaaaaaaa"} <= targets


def test_the_chart_stands_inside_with_words_for_who_cannot_see_it(page: str):
    (image,) = Seen(page).all("img")
    assert image["src"] == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert image["alt"] == "two odd orders"


def test_every_cell_says_its_column_where_a_phone_hides_the_heads(page: str):
    cells = [a for a in Seen(page).all("td") if "data-label" in a]
    assert len(cells) > 20
    assert all(a["data-label"] for a in cells)


def test_hostile_texts_stay_texts(model: dict):
    hostile = HOSTILE_TITLE + '"><img src=x onerror=alert(1)><script>1</script>\u202e{{ 7*7 }}'
    page = html_paper({**model, "position": [hostile], "footer": hostile}, "letter", {CHART: PNG})
    seen = Seen(page.decode())
    assert seen.all("script") == []
    assert len(seen.all("img")) == 1
    assert hostile.replace("\u202e", "�") in seen.text
    assert "\u202e" not in page.decode()


def test_the_same_page_twice(model: dict, page: str):
    assert html_paper(model, "letter", {CHART: PNG}).decode() == page
