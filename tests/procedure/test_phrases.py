import pytest

from workbench.procedure.phrases import generic_phrase, traits


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("经系统判定，您的店铺存在虚假交易", "经系统判定"),
        ("平台通过大数据综合判定", "大数据综合判定"),
        ("Our system has detected unusual activity", "Our system has detected"),
        ("您的店铺存在虚假交易", ""),
        ("买家与卖家使用同一设备", ""),
    ],
)
def test_set_phrases(text, phrase):
    assert generic_phrase(text) == phrase


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("运单重量与商品不符", ["parcels", "goods"]),
        ("多笔订单的收货地址相同，且短时间集中下单", ["people", "time"]),
        ("付款后以红包返现给买家", ["money"]),
        ("the same device placed 12 orders within 20 minutes", ["people", "time"]),
        ("旺旺聊天中约定刷单任务", ["talk"]),
        ("销量超过库存", ["goods"]),
        ("经系统判定存在虚假交易", []),
        ("Shipping to the customer", []),  # "ip" inside a word is no address of a computer
    ],
)
def test_traits_of_orders(text, found):
    assert traits(text) == found
