from collections.abc import Callable

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.case import Case
from workbench.commands import open_tables
from workbench.detect.copies import as_texts
from workbench.detect.phrases import lexicon, normal_text, said_in
from workbench.engine import connect
from workbench.figures.masked import masked_tables
from workbench.figures.masked.addresses import coded_addresses, coded_places, places_again
from workbench.figures.masked.codes import Codes
from workbench.figures.masked.talk import TalkCodes
from workbench.figures.masked.words import memo_words, scan_words
from workbench.normalise import is_masked, is_privacy_number, mobile_key, plain_address
from workbench.tables import memory_tables

CODES = Codes(b"k" * 32)
PHRASES = sorted({p.replace("~", "的") for entry in lexicon().entries for p in entry.phrases})


def test_codes_depend_on_the_key_and_tell_nothing() -> None:
    code = CODES.value("王小明")
    assert code == CODES.value(" 王小明 ")
    assert code != Codes(b"x" * 32).value("王小明")
    assert code != CODES.value("王小红")
    assert CODES.value("") == CODES.value("  ") == ""


def test_a_phone_has_one_code_however_it_is_written() -> None:
    same = ["10012345678", "13812345678", "+86 138-1234-5678", "138 1234 5678", "8613812345678"]
    first, *rest = [CODES.phone(text) for text in same]
    assert len(set(rest)) == 1
    assert first not in rest
    assert CODES.value("13812345678") == rest[0]


def told(texts: list[str], said: Callable[[ibis.Value], ibis.Value]) -> list[object]:
    table = ibis.memtable({"text": texts})
    return table.select(value=said(table.text)).to_pandas().value.tolist()


def test_what_is_shown_in_part_stays_so_and_numbers_of_nobody_too() -> None:
    codes = [CODES.phone("138****8000"), CODES.value("张*"), CODES.value("张三")]
    assert told(codes, is_masked) == [True, True, False]
    codes = [CODES.phone("13800001234-5678"), CODES.phone("4001234567")]
    assert told(codes, is_privacy_number) == [True, True]
    codes = [CODES.phone("13812345678")]
    assert told(codes, lambda text: mobile_key(text).isnull()) == [True]


def test_addresses_keep_what_they_are_compared_by() -> None:
    written = [
        "浙江省杭州市西湖区文一西路969号3幢502室",
        "浙江省杭州市西湖区文一西路９６９号3幢502室",
        "浙江省杭州市西湖区文二西路12号",
        "文二西路12号 菜鸟驿站",
        "文二西路**号",
        None,
    ]
    orders = pd.DataFrame(
        {
            "order_id": list(map(str, range(6))),
            "created_at": pd.Timestamp("2026-01-01"),
            "status": "completed",
            "paid_amount": "1",
            "city": "杭州市",
            "address": written,
        }
    )
    tables = memory_tables(connect(), {"orders": orders})
    codes = coded_addresses(tables["orders"].select("address"), CODES)
    coded = [codes[one] for one in written if one]
    plain = told(coded, plain_address)
    assert plain[0] == plain[1] != plain[2]
    assert len(set(coded)) == 5
    assert told(coded, is_masked) == [False, False, False, False, True]
    assert ["驿站" in one for one in coded] == [False, False, False, True, False]
    assert not any("文" in one or "969" in one for one in coded)
    places = coded_places(tables["orders"], codes, CODES)
    again = places_again(ibis.memtable(places)).to_pandas()
    key = dict(zip(places.text, again.address, strict=True))
    assert key[coded[0]] == key[coded[1]] != key[coded[2]]
    assert pd.isna(key[coded[4]])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*PHRASES, "不", "别", "今天能发货吗", "，", "。", "123", "!"]), max_size=5
    ),
    st.sampled_from(["buyer", "seller"]),
    st.sampled_from(["chat", "note"]),
)
def test_the_lexicon_hears_the_same_in_a_code(parts: list[str], speaker: str, place: str) -> None:
    text = "".join(parts)
    code = TalkCodes(CODES).text(text, speaker, place)
    meant = said_in(normal_text(text), speaker, place)
    heard = said_in(normal_text(code), speaker, place)
    assert {one.name for one in heard.affirmed} == {one.name for one in meant.affirmed}
    assert heard.refused == meant.refused


def test_copies_stay_copies_and_as_long() -> None:
    line = "老板说好的拍下以后三天确认收货就可以了"
    lines = [line, line + "啊", "请问这款毛巾掉色吗会不会起球", "啊啊啊啊啊啊啊啊啊啊"]
    talk = TalkCodes(CODES, lines)
    before = as_texts(pd.DataFrame({"text": lines}), 0)
    after = as_texts(pd.DataFrame({"text": [talk.text(one, "buyer", "chat") for one in lines]}), 0)
    assert after.length.tolist() == before.length.tolist()
    same = [(one.cluster == one.cluster[0]).tolist() for one in (before, after)]
    assert same == [[True, True, False, False]] * 2


def test_notes_are_alike_where_they_were() -> None:
    talk = TalkCodes(CODES)
    notes = [normal_text(talk.text(one, "seller", "note")) for one in ("A3", "A4", "B3", "a3")]
    assert notes[0] == notes[1] == notes[3] != notes[2]
    assert talk.text("A3", "seller", "note") != talk.text("A4", "seller", "note")
    assert talk.text("  ", "seller", "note") == ""


def test_words_of_carriers_and_banks() -> None:
    assert scan_words("【杭州】张三 13812345678 已签收") == "签收"
    assert memo_words("Refund for 1234567890123 张三", {"1234567890123"}) == "refund 1234567890123"
    assert memo_words("红包 13812345678", set()) == ""


@pytest.fixture(scope="module")
def sample_tables(screened_sample: Case) -> dict[str, pd.DataFrame]:
    return dict(masked_tables(open_tables(screened_sample), b"k" * 32))


def test_no_personal_value_of_the_sample_is_handed_over(
    screened_sample: Case, sample_tables: dict[str, pd.DataFrame]
) -> None:
    tables = open_tables(screened_sample)
    personal: set[str] = set()
    for name, columns in {
        "orders": ("buyer_id", "buyer_account", "buyer_name", "phone", "address", "payment_id"),
        "staff": ("name", "phone", "buyer_id", "staff_id"),
        "messages": ("conversation_id", "buyer_id"),
        "payments": ("counterparty", "counterparty_account"),
    }.items():
        frame = tables[name].to_pandas()
        for column in columns:
            personal |= {value for value in frame[column].dropna() if len(value) > 1}
    handed = set()
    for frame in sample_tables.values():
        for column in frame.select_dtypes(["object", "str"]):
            handed |= set(frame[column].dropna().map(str))
    assert len(personal) > 8000
    assert not personal & handed
    text = "\n".join(sorted(handed))
    some = sorted(value for value in personal if len(value) > 5)[::25]
    assert not [value for value in some if value in text]


def test_rows_keep_their_place_in_the_files(sample_tables: dict[str, pd.DataFrame]) -> None:
    for name, frame in sample_tables.items():
        if name != "places":
            assert {"source_file", "source_row"} <= set(frame)
            assert frame.source_row.is_monotonic_increasing
