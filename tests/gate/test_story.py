import pytest

from workbench.explain import PAPERS
from workbench.gate.story import STORIES, stories_in

CODES = {f"VC{n}" for n in range(1, 13)}


def names(text, proven=()):
    return [story.name for story in stories_in(text, proven)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("为完成月度任务，安排员工下单", "staff_for_tasks"),
        ("Staff bought for tasks of the month", "staff_for_tasks"),
        ("这些是亲友刷的，都付了钱", "family_and_friends"),
        ("让亲友帮忙拍了几单", "family_and_friends"),
        ("We asked our friends to order a few", "family_and_friends"),
        ("老板自己拍的，用来测试", "own_accounts"),
        ("这几单是补单", "hired_buyers"),
        ("We hired buyers to boost our ranking", "hired_buyers"),
        ("误发空包，已道歉", "empty_parcel"),
        ("An empty parcel was sent by mistake", "empty_parcel"),
        ("拍A发B，买家都知道", "other_goods_sent"),
        ("请买家先确认收货", "early_confirmation"),
        ("帮线下客户下单", "offline_customers"),
        ("We entered the orders of offline customers", "offline_customers"),
        ("改价凑满减门槛", "coupon_threshold"),
        ("好评返现晒图活动", "cashback_for_praise"),
        ("We gave cashback for reviews", "cashback_for_praise"),
        ("拍下再取消，为了冲榜", "ordered_to_cancel"),
        ("竞争对手恶意刷单", "competitor_did_it"),
        ("退款换买家删差评", "reviews_suppressed"),
        ("只是补差价链接", "link_without_goods"),
    ],
)
def test_an_explanation_that_is_a_violation_is_found(text, name):
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有返现",
        "从未找人刷单、补单、返现",
        "不存在空包，称重均在 500 克以上",
        "我们从来没有通过微信或者支付宝给任何买家返现",
        "并非安排员工下单",
        "空包的说法不属实",
        "平台误认为亲友刷单",
        "平台认定为补单，与事实不符",
        "所谓补单并不存在",
        "缺货补单，少发一件后补发",
        "买家投诉收到空包裹，快递公司已赔付",
        "平台返现活动期间下单",
        "买家自己拍的照片见证据3",
        "We never offered cashback",
        "The notice alleges empty parcels and hired buyers",
        "All parcels were weighed; none was an empty parcel",
        "The claim that we hired buyers is untrue",
        "stafford bought tasks",
        "活动期间下单，订单已签收",
        "直播当晚集中下单，场次记录见 E11",
        "Live stream on 1 January: 40 buyers at 40 addresses",
        "",
    ],
)
def test_what_is_denied_alleged_or_meant_otherwise_is_no_hit(text):
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "没有刷单，是安排员工下单",  # another clause
        "不是刷单而是帮线下客户下单",  # a turn
        "We did not ship it, we sent an empty parcel",
        "还没有返现",  # what was not paid yet was promised
        "没有及时返现",
        "不仅返现，还送礼品",
        "not only cashback but gifts",
        "平台没有说错。我们确实返现了",
    ],
)
def test_a_denial_reaches_no_further_than_its_clause(text):
    assert names(text)


def test_who_reported_in_time_may_say_so():
    assert names("竞争对手恶意刷单，已于 1 月 2 日举报") == ["competitor_did_it"]
    assert names("竞争对手恶意刷单，已于 1 月 2 日举报", {"E28"}) == []


def test_the_same_story_twice_is_one():
    assert names("返现，返现，好评返现") == ["cashback_for_praise"]


def test_where_it_is_a_violation_depends_on_the_platform():
    offline = next(one for one in STORIES if one.name == "offline_customers")
    assert offline.level_on("Lazada PH") == "violation"
    assert offline.level_on("taobao") == "caution"
    assert offline.level_on("") == "violation"  # nobody knows: then it may be
    link = next(one for one in STORIES if one.name == "link_without_goods")
    assert link.level_on("taobao") == "caution"


def test_every_category_is_there_with_its_reason_in_both_languages():
    assert {story.code for story in STORIES} == CODES
    for story in STORIES:
        assert all((story.why_zh, story.why_en, story.do_zh, story.do_en, story.source))
        assert story.confidence in ("V", "V-sec", "G")
        assert set(story.proof) <= set(PAPERS)
        told = story.told("violation")
        assert story.code in told["zh"]
        assert told["en"].startswith("Violation ")
    assert len({story.name for story in STORIES}) == len(STORIES)


def test_no_story_suggests_another():
    """What to do is to concede, or to show a record that exists; never what to say."""
    for story in STORIES:
        words = story.do_en.lower()
        assert any(
            one in words for one in ("concede", "disclosed", "attach the report", "name the main")
        ), story.name
        for one in ("say that", "claim", "explain it as", "state that", "write that"):
            assert one not in words
    for story in STORIES:
        # The advice must not itself be a story.
        assert stories_in(story.do_en) == []


def test_a_long_text_is_read_quickly_and_whole():
    assert names("无关的话。" * 300 + "好评返现") == ["cashback_for_praise"]
