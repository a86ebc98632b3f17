"""What headers alone may lead to."""

import pytest

from workbench.load.recognise import choose_format


@pytest.mark.parametrize(
    "headers",
    [
        ["order_id", "group", "kind", "fake"],
        ["order_id", "shop", "customer_id", "order_status"],
        ["order_id", "refund_amount"],  # refunds as well as lines of orders
    ],
)
def test_names_that_do_not_tell_one_table_are_no_canonical_table(headers):
    assert choose_format(headers) is None


def test_two_canonical_names_are_enough_where_there_is_nothing_else():
    match = choose_format(["order_id", "requested_at"])
    assert match is not None
    assert match.form.table == "refunds"


def test_foreign_columns_beside_a_canonical_table_do_not_matter():
    match = choose_format(["order_id", "refund_id", "refund_amount", "state", "our note", "who"])
    assert match is not None
    assert match.form.table == "refunds"
