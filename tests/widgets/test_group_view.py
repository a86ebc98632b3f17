import json

import pytest

from workbench.case import attach
from workbench.widgets import GroupView

from .conftest import HOSTILE, Shop


@pytest.fixture
def view(shop: Shop) -> GroupView:
    made = GroupView(shop.case, shop.assessment, shop.tables)
    made.group_id = "G-aaaaaaaa"
    return made


def everything(view: GroupView) -> str:
    return view.text.value + view.papers.value + view.orders.value


def test_nothing_is_shown_before_a_group_is_picked(shop: Shop):
    view = GroupView(shop.case, shop.assessment, shop.tables)
    assert view.told() == "No group is picked yet."
    assert "No group is picked yet." in view.text.value
    assert view.waterfall.outputs == ()


def test_both_sides_and_the_unknown_stand_beside_each_other(view: GroupView):
    for heading, told in (
        ("Speaks for the shop", "All parcels were signed for."),
        ("Speaks against it", "No campaign &lt;script"),
        ("The data cannot tell", "No data."),
    ):
        assert view.text.value.index(heading) < view.text.value.index(told)


def test_each_reading_stands_with_both_sides_and_is_no_verdict(view: GroupView):
    text = view.text.value
    assert "Three readings, none of them a verdict" in text
    assert text.index("An attack by somebody else") < text.index("8 of 8 cancelled &lt;script")
    assert "Reported when?" in text


def test_papers_are_named_with_who_supplies_them(view: GroupView):
    assert "paper E01" in view.papers.value
    assert "Carrier" in view.papers.value
    assert view.papers.value.count("still to get") == 2


def test_an_attached_paper_is_no_longer_missing(view: GroupView, shop: Shop):
    attach(shop.case, b"x", "a.pdf", subject="order", subject_id="o2", code="E01", who="w")
    view.refresh()
    assert view.papers.value.count("still to get") == 1
    assert "<td>attached</td>" in view.papers.value


def test_what_strangers_wrote_is_escaped_everywhere(view: GroupView):
    assert HOSTILE not in everything(view)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in view.orders.value
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in view.text.value


def test_orders_show_where_they_come_from_and_how_addresses_differ(view: GroupView):
    assert "3 order lines, personal data unmasked" in view.orders.value
    assert "<td>orders.csv</td><td>2</td>" in view.orders.value
    assert "2 ways to write the address" in view.orders.value
    assert "<mark>幢</mark>" in view.orders.value
    assert "19.90" in view.orders.value


def test_the_waterfall_is_a_plain_figure_without_an_upload_button(view: GroupView):
    (output,) = view.waterfall.outputs
    figure = output["data"]["application/vnd.plotly.v1+json"]
    assert figure["config"]["showSendToCloud"] is False
    assert len(json.dumps(output)) < 60_000


def test_another_group_replaces_all_of_it(view: GroupView):
    view.group_id = "G-bbbbbbbb"
    assert "G-bbbbbbbb" in view.text.value
    assert "宁波市" in view.orders.value
    assert "杭州市" not in everything(view)
    view.group_id = ""
    assert "宁波市" not in everything(view)


def test_the_rows_can_be_worked_with(view: GroupView):
    assert view.rows["order_id"].tolist() == ["o1", "o2", "o3"]
    view.group_id = ""
    assert view.rows.empty


def test_the_text_twin(view: GroupView):
    assert view._repr_mimebundle_()["text/plain"].splitlines() == [
        "G-aaaaaaaa",
        f"3 orders of {HOSTILE}.",
        "",
        "Speaks for the shop",
        "- Courier scans: All parcels were signed for.",
        "",
        "Speaks against it",
        f"- Live stream or influencer: No campaign {HOSTILE}.",
        "",
        "The data cannot tell",
        "- One household: No data.",
    ]
