from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from workbench.element import tag
from workbench.inert import inert
from workbench.widgets.markup import page, table


@given(st.text())
def test_text_is_never_markup(text: str):
    assert tag("p", text) == f"<p>{escape(inert(text))}</p>"
    assert tag("p", title=text) == f'<p title="{escape(inert(text))}"></p>'


def test_elements_nest_and_none_is_left_out():
    assert tag("p", tag("b", 1), None, "&", class_="x", aria_label=None) == (
        '<p class="x"><b>1</b>&amp;</p>'
    )


def test_a_table_has_a_caption_and_headed_rows():
    html = table(("a", "b"), [("<i>", 2)], caption="c<d")
    assert "<caption>c&lt;d</caption>" in html
    assert '<th scope="row">&lt;i&gt;</th><td>2</td>' in html
    assert '<th scope="col">a</th>' in html


def test_braces_of_strangers_are_no_templates():
    assert "{0}" in page(tag("p", "{0} {name}"))
