"""Texts that look like addresses and phones, and texts that do not."""

from hypothesis import strategies as st

_WORDS = """
浙江省 浙江 杭州市 杭州 余杭区 余杭 西湖区 北京 北京市 朝阳区 吉林 吉林市 绍兴县 柯桥区 江干区
密云县 鼓楼区 江苏省 南京市 上海 海南 巢湖市 居巢区 假县 城区 市辖区 省直辖县级行政区划 仙桃市 县
中国 地址: 文一西路 中山市场 三里屯 五一路 二十三号 第三 栋 幢 号楼 十 二〇三室 (310000) 邮编310000
310000 (门口) * *** , / - # １２ 3 Ａ座 a № ① 臺 號 İ ﬁ ②号 . ¯
"""
WORDS = [*_WORDS.split(), " ", "\u3000", "\u200b", "\t", "12 Baker St"]
addresses = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=9).map("".join),
    st.text(max_size=30),
)
SIGNS = [*"0123456789", *"１３8", "138", "+86", "0086", "86", "0571", "-", " ", "(", ")", "*", "转"]
SIGNS += [*"x'.#a=+"]
_WRITTEN = (
    st.from_regex(r"(\+86|0086|86|0)?-?1[3-9][0-9]{9}(-[0-9]{1,6})?", fullmatch=True),
    st.from_regex(r"(\+86|86)?-?0(10|2[0-9]|[3-9][0-9]{2})-?[0-9]{7,8}", fullmatch=True),
)
phones = st.one_of(
    st.lists(st.sampled_from(SIGNS), max_size=18).map("".join), *_WRITTEN, st.text(max_size=20)
)
