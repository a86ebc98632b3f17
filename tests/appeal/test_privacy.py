from invented_matter import Example

from workbench.appeal.privacy import concealer, orders_of


def test_known_values_become_their_masked_forms(example: Example):
    conceal = concealer(example.tables, ["1001"], example.masker)
    alias = example.masker.alias("B", "buyer_wang")
    assert conceal("buyer_wang 是熟客") == f"{alias} 是熟客"
    assert conceal("王小明签收") == "王*签收"
    assert conceal("致电 13600001111") == "致电 ▒"


def test_numbers_of_orders_stay(example: Example):
    long = "240728699116526468"
    assert concealer(example.tables, [long], example.masker)(f"订单 {long}") == f"订单 {long}"
    assert concealer(example.tables, ["1001"], example.masker)(f"订单 {long}") == "订单 ▒"


def test_without_a_masker_nothing_changes(example: Example):
    assert concealer(example.tables, ["1001"], None)("王小明 13912345678") == "王小明 13912345678"


def test_without_orders_contacts_still_go(example: Example):
    assert concealer({}, [], example.masker)("13912345678") == "▒"


def test_orders_of_takes_these_orders_only(example: Example):
    found = orders_of(example.tables["orders"], ["1003", "1001", "none"]).to_pandas()
    assert sorted(found["order_id"]) == ["1001", "1003"]
