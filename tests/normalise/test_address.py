"""Addresses and what they say for certain, worked out by hand."""

import unicodedata

import pytest
from hypothesis import given

from tests.normalise.strategies import addresses
from workbench.normalise import Address, Former, normalise_address, plain_text

YUHANG = ("浙江省", "杭州市", "余杭区", "330110")
PLACES = [
    ("浙江省杭州市余杭区文一西路969号", YUHANG),
    ("浙江省 杭州市 余杭区 文一西路969号", YUHANG),
    ("浙江杭州余杭", YUHANG),
    ("浙江 杭州 余杭 文一西路", YUHANG),
    ("浙江杭州市余杭区五常街道", YUHANG),  # as JD prints it
    ("杭州余杭区文一西路", YUHANG),
    ("余杭区文一西路", YUHANG),  # the only district of that name
    ("浙江省余杭区文一西路", YUHANG),
    ("浙江省　杭州市　余杭区", YUHANG),
    ("【浙江省】杭州市,余杭区", YUHANG),
    ("310000 中国浙江省杭州市余杭区", YUHANG),
    ("收货地址:浙江省杭州市余杭区", YUHANG),
    ("浙江省 杭州市 余杭区 浙江省杭州市余杭区文一西路", YUHANG),
    ("浙江省 杭州市 余杭区 余杭区文一西路", YUHANG),
    ("浙江省 杭州市 浙江省杭州市余杭区文一西路", YUHANG),
    ("浙江杭州余杭文一西路", ("浙江省", "杭州市", None, "330100")),
    ("浙江杭州余杭塘路866号", ("浙江省", "杭州市", None, "330100")),  # a road of 拱墅区
    ("北京北京市朝阳区", ("北京市", "北京市", "朝阳区", "110105")),
    ("上海 上海市 浦东新区 世纪大道1号", ("上海市", "上海市", "浦东新区", "310115")),
    ("北京市市辖区朝阳区", ("北京市", "北京市", "朝阳区", "110105")),
    ("北京市", ("北京市", "北京市", None, "110000")),
    ("重庆 县 忠县 1号", ("重庆市", "重庆市", "忠县", "500233")),
    ("湖北省仙桃市1号", ("湖北省", None, "仙桃市", "429004")),
    ("湖北省 省直辖县级行政区划 仙桃市", ("湖北省", None, "仙桃市", "429004")),
    ("义乌市稠城街道", ("浙江省", "金华市", "义乌市", "330782")),
    ("吉林市船营区", ("吉林省", "吉林市", "船营区", "220204")),
    ("吉林吉林市", ("吉林省", "吉林市", None, "220200")),
    ("广西南宁", ("广西壮族自治区", "南宁市", None, "450100")),
    ("内蒙古呼和浩特新城区", ("内蒙古自治区", "呼和浩特市", "新城区", "150102")),
    ("延边州延吉市", ("吉林省", "延边朝鲜族自治州", "延吉市", "222401")),
    ("海南藏族自治州", ("青海省", "海南藏族自治州", None, "632500")),
    ("香港特别行政区九龙", ("香港特别行政区", None, None, "810000")),
    ("东莞市长安镇", ("广东省", "东莞市", None, "441900")),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_place(text: str, place: tuple) -> None:
    one = normalise_address(text)
    assert (one.province, one.city, one.district, one.code) == place
    assert one.candidates == one.conflict == ()


@pytest.mark.parametrize(
    "text",
    [
        *("假县人民路1号", "人民路1号", "上海路12号", "上海银行", "杭州路1号", "朝阳门外大街"),
        *(
            "中山市场",
            "沙县小吃",
            "长安街",
            "城区人民路",
            "12 Baker Street",
            "",
            "***",
            "幸福小区 浙江省",
        ),
    ],
)
def test_no_place_is_no_place(text: str) -> None:
    one = normalise_address(text)
    assert (one.province, one.city, one.district, one.code) == (None,) * 4


def test_an_unknown_county_leaves_the_province() -> None:
    one = normalise_address("浙江省假县人民路1号")
    assert (one.province, one.city, one.district) == ("浙江省", None, None)
    assert one.rest == "假县人民路1号"


@pytest.mark.parametrize(
    ("text", "province", "candidates"),
    [
        ("朝阳区建国路1号", None, ("110105", "220104")),
        ("江苏省鼓楼区1号", "江苏省", ("320106", "320302")),
        ("桥东区", None, ("130103", "130502", "130702")),  # one is left of three that were
        ("江北区", None, ("330205", "500105")),  # 重庆's was one until 2025
    ],
)
def test_what_is_not_decided_has_candidates(text: str, province, candidates) -> None:
    one = normalise_address(text)
    assert (one.province, one.city, one.district) == (province, None, None)
    assert one.candidates == candidates
    assert one.rest == text


@pytest.mark.parametrize(
    ("text", "place", "conflict"),
    [
        ("浙江省南京市1号", (None, None, None), ("浙江省", "南京市")),
        ("杭州市朝阳区1号", (None, None, None), ("杭州市", "朝阳区")),
        ("浙江省杭州市朝阳区1号", ("浙江省", "杭州市", None), ("浙江省杭州市", "朝阳区")),
        ("浙江省宁波市余姚市 浙江省丽水市遂昌县", ("浙江省", None, None), None),
        ("山东省济宁市邹城市 中国 浙江省嘉兴市桐乡市", (None, None, None), None),
        (
            "湖南省吉首市凤凰县",
            ("湖南省", "湘西土家族苗族自治州", None),
            ("湖南省吉首市", "凤凰县"),
        ),
    ],
)
def test_what_contradicts_itself_is_unknown(text: str, place: tuple, conflict) -> None:
    one = normalise_address(text)
    assert (one.province, one.city, one.district) == place
    assert one.conflict
    assert conflict is None or one.conflict == conflict


@pytest.mark.parametrize(
    ("text", "place", "former"),
    [
        ("北京市密云县1号", ("北京市", "密云区", "110118"), Former("密云县", 2015, ("110118",))),
        ("宁波市奉化市1号", ("宁波市", "奉化区", "330213"), Former("奉化市", 2016, ("330213",))),
        ("襄樊市1号", ("襄阳市", None, "420600"), Former("襄樊市", 2010, ("420600",))),
        ("莱芜市莱城区", ("济南市", "莱芜区", "370116"), Former("莱城区", 2018, ("370116",))),
        ("济南市莱城区", ("济南市", "莱芜区", "370116"), Former("莱城区", 2018, ("370116",))),
        # Divided: which of the two is not known, so the former name stays.
        (
            "杭州市江干区",
            ("杭州市", "江干区", "330104"),
            Former("江干区", 2021, ("330102", "330114")),
        ),
    ],
)
def test_a_former_name_says_so(text: str, place: tuple, former: Former) -> None:
    one = normalise_address(text)
    assert (one.city, one.district, one.code) == place
    assert one.former == former


def test_a_divided_county_with_the_district_that_it_became() -> None:
    one = normalise_address("浙江省绍兴市绍兴县柯桥区钱清镇")
    assert (one.district, one.code, one.rest) == ("柯桥区", "330603", "钱清镇")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("余杭区文一西路二十三号三幢2单元５０２室", "文一西路23号3栋2单元502室"),
        ("余杭区 文一西路 23 号, 3号楼 502", "文一西路23号3栋502"),
        ("余杭区万科城Ａ座1201室（放门口）(310000)", "万科城a座1201室"),
        ("朝阳区三里屯五一路", None),
        ("北京朝阳区三里屯五一路十八号", "三里屯五一路18号"),
        ("余杭区中山路18號3棟", "中山路18号3栋"),
        ("余杭区", None),
    ],
)
def test_rest(text: str, rest: str | None) -> None:
    one = normalise_address(text)
    assert one.rest == (text if one.candidates else rest)


def test_postcode_only_where_it_is_marked() -> None:
    assert normalise_address("余杭区文一西路(311100)").postcode == "311100"
    assert normalise_address("311100余杭区").postcode == "311100"
    assert normalise_address("余杭区邮编:311100").postcode == "311100"
    assert normalise_address("余杭区文一西路311100号").postcode is None
    assert normalise_address("(311100)余杭区(310000)").postcode is None


def test_a_masked_address_keeps_its_place() -> None:
    one = normalise_address("浙江省 杭州市 余杭区 ***")
    assert (one.code, one.rest, one.partial) == ("330110", None, True)
    one = normalise_address("浙江省 杭州市 余杭区 文一西路****")
    assert (one.code, one.rest, one.partial) == ("330110", "文一西路*", True)


@given(addresses)
def test_again_it_is_the_same(text: str) -> None:
    once = normalise_address(text)
    again = normalise_address(once.text)
    for name in ("province", "city", "district", "code", "rest", "candidates", "partial"):
        assert getattr(again, name) == getattr(once, name), name


@given(addresses)
def test_width_does_not_matter(text: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    assert normalise_address(wide) == normalise_address(unicodedata.normalize("NFKC", text))


@given(addresses)
def test_nothing_is_made_up(text: str) -> None:
    one = normalise_address(text)
    made = set(one.rest or "") - set(plain_text(text))
    assert made <= set("0123456789栋 ")
    assert "栋" not in made or set("幢楼#") & set(plain_text(text))
    assert not made - set("栋 ") or set("零〇一二两三四五六七八九十百千廿卅") & set(
        plain_text(text)
    )


@given(addresses)
def test_a_place_is_named_by_the_text(text: str) -> None:
    one = normalise_address(text)
    named = [one.district or one.city or one.province]
    if one.former:
        named = [one.former.name]
    if one.code and not one.conflict and not one.candidates:
        assert named[0][:2] in plain_text(text).replace(" ", "")


def test_unknown_is_an_address_of_which_nothing_is_known() -> None:
    assert normalise_address("") == Address()
