import tomllib
from pathlib import Path

import pytest

import workbench.notice
from workbench.case import Case, create_case, undo
from workbench.errors import BadInput
from workbench.notice import PLATFORMS, confirm_rule, limits_of, platform_of, rule_pack
from workbench.notice.rule_pack import NUMBERS, TEXTS, read_pack
from workbench.proof.smallest_set import Limits

FOLDER = Path(workbench.notice.__file__).with_name("rule_packs")
WANTED = {
    "taobao", "1688", "jd", "pinduoduo", "douyin", "kuaishou", "xiaohongshu", "suning",
    "wechat_shop", "tiktok_shop", "lazada", "shopee", "aliexpress", "amazon",
}  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", shop="店", platform="taobao")


def test_every_platform_has_its_pack():
    assert set(PLATFORMS) == WANTED


@pytest.mark.parametrize("platform", sorted(WANTED))
def test_every_value_has_source_date_and_confidence(platform: str):
    pack = rule_pack(platform)
    assert (pack.platform, bool(pack.zh), bool(pack.en)) == (platform, True, True)
    assert pack.names
    for one in pack.values:
        assert one.key in NUMBERS + TEXTS
        assert len(one.source) > 5
        assert one.as_of
        assert one.confidence in ("V", "V-sec", "G")
        assert (one.value is not None) == (one.key in NUMBERS)
        assert one.value is not None or (one.zh and one.en)
        assert not one.confirmed


@pytest.mark.parametrize("platform", sorted(WANTED))
def test_a_pack_without_a_rule_text_says_so_in_both_languages(platform: str):
    pack = rule_pack(platform)
    assert pack.note_zh
    assert pack.note_en
    if not pack.retrieved:
        assert "通知" in pack.note_zh
        assert "notice" in pack.note_en


def test_no_number_that_was_read_nowhere_counts_as_verified():
    for platform in WANTED:
        for one in rule_pack(platform).values:
            assert one.verified == (one.confidence == "V")


@pytest.mark.parametrize(
    ("platform", "key", "value", "confidence"),
    [
        ("淘宝/天猫", "appeal_days", 3, "G"),
        ("taobao", "demotion_appeal_days", 15, "G"),
        ("taobao", "attempts", 1, "G"),
        ("1688", "appeal_days", 15, "V-sec"),
        ("1688", "points", 4, "V-sec"),
        ("1688", "closing_points", 60, "V-sec"),
        ("小红书", "appeal_days", 3, "V-sec"),
        ("小红书", "general_appeal_days", 7, "V-sec"),
        ("小红书", "attempts", 3, "V-sec"),
        ("TikTok Shop", "appeal_days", 30, "V-sec"),
        ("TikTok Shop", "second_appeal_days", 15, "V-sec"),
        ("TikTok Shop", "attempts", 2, "V-sec"),
        ("TikTok Shop", "closing_points", 48, "V"),
    ],
)
def test_figures_as_the_study_has_them(platform: str, key: str, value: int, confidence: str):
    told = rule_pack(platform).get(key)
    assert told is not None
    assert (told.value, told.confidence) == (value, confidence)


@pytest.mark.parametrize("platform", ["京东", "拼多多", "抖音", "快手", "苏宁", "Lazada", "Shopee"])
def test_what_was_not_found_is_not_told(platform: str):
    pack = rule_pack(platform)
    told = (pack.appeal_days, pack.attempts, pack.max_files, pack.max_file_bytes)
    assert told == (None, None, None, None)
    assert pack.max_characters is None


def test_a_sampling_window_of_another_kind_is_no_window_here():
    assert rule_pack("douyin").appeal_days is None
    assert "不适用于虚假交易" in rule_pack("douyin").note_zh


@pytest.mark.parametrize(
    ("text", "platform"),
    [("淘宝", "taobao"), ("天猫旗舰店", "taobao"), ("AliExpress", "aliexpress"), ("1688", "1688"),
     ("某平台", ""), ("淘宝和京东", ""), ("", "")],
)  # fmt: skip
def test_a_platform_is_known_by_its_names(text: str, platform: str):
    assert platform_of(text) == platform


def test_of_an_unknown_platform_nothing_is_known():
    pack = rule_pack("Some Market")
    assert (pack.platform, pack.values, pack.retrieved) == ("some market", (), False)
    assert "notice" in pack.note_en


def test_a_person_confirms_a_number_against_the_notice(case: Case):
    confirm_rule(case, "淘宝", "appeal_days", 7, who="Li", source="notice N-1")
    told = rule_pack("taobao", case).appeal_days
    assert told is not None
    assert (told.value, told.confirmed, told.confirmed_by) == (7, True, "Li")
    assert (told.shipped, told.source, told.verified) == (3, "notice N-1", True)
    assert not rule_pack("taobao").appeal_days.confirmed
    assert not rule_pack("taobao", case).attempts.confirmed


def test_a_number_that_no_pack_has_can_be_confirmed(case: Case):
    confirm_rule(case, "taobao", "max_files", "5", who="Li")
    told = rule_pack("taobao", case).max_files
    assert told is not None
    assert (told.value, told.confirmed, told.shipped) == (5, True, None)


def test_a_later_confirmation_counts_and_an_undone_one_does_not(case: Case):
    confirm_rule(case, "taobao", "attempts", 2, who="Li")
    second = confirm_rule(case, "taobao", "attempts", 3, who="Wu")
    assert rule_pack("taobao", case).attempts.value == 3
    assert rule_pack("taobao", case).attempts.shipped == 1
    undo(case, [second.seq], who="Wu", reason="misread")
    assert rule_pack("taobao", case).attempts.value == 2


def test_a_wrong_confirmation_tells_all_that_is_wrong(case: Case):
    with pytest.raises(BadInput) as wrong:
        confirm_rule(case, "", "colour", "-1", who=" ")
    assert len(wrong.value.problems) == 4


def test_a_file_of_the_case_replaces_the_keys_it_names(case: Case):
    folder = case.path / "rule_packs"
    folder.mkdir()
    (folder / "taobao.toml").write_text(
        '[[value]]\nkey = "appeal_days"\nvalue = 5\nsource = "page of 2026"\n'
        'as_of = "2026-05-01"\nconfidence = "V"\n',
        "utf-8",
    )
    pack = rule_pack("taobao", case)
    assert (pack.appeal_days.value, pack.appeal_days.own) == (5, True)
    assert pack.attempts.value == 1
    assert pack.zh == "淘宝/天猫"


def test_a_file_without_source_is_refused_with_every_problem(tmp_path: Path):
    path = tmp_path / "x.toml"
    path.write_text(
        '[[value]]\nkey = "appeal_days"\nvalue = "soon"\nconfidence = "sure"\n'
        '[[value]]\nkey = "colour"\nzh = "红"\nen = "red"\n'
        'source = "s"\nas_of = "1"\nconfidence = "V"\n',
        "utf-8",
    )
    with pytest.raises(BadInput) as wrong:
        read_pack(path)
    told = str(wrong.value)
    for what in ("no source", "no as_of", "confidence 'sure'", "whole number", "'colour'"):
        assert what in told


def test_the_files_hold_nothing_that_the_reader_drops():
    for path in FOLDER.glob("*.toml"):
        raw = tomllib.loads(path.read_text("utf-8"))
        assert set(raw) <= {"zh", "en", "names", "retrieved", "note_zh", "note_en", "value"}
        for one in raw.get("value", []):
            assert set(one) <= {
                "key", "value", "zh", "en", "source", "as_of", "confidence", "note_zh", "note_en",
            }  # fmt: skip


def test_limits_count_once_every_known_one_is_confirmed(case: Case):
    assert limits_of(None) == (Limits(), False)
    assert limits_of(rule_pack("taobao", case)) == (Limits(), False)
    confirm_rule(case, "taobao", "max_files", 5, who="Li")
    confirm_rule(case, "taobao", "max_file_bytes", 2_000_000, who="Li")
    expected = Limits(files=5, file_bytes=2_000_000)
    assert limits_of(rule_pack("taobao", case)) == (expected, True)
