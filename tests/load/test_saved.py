"""Mappings kept for next time: found by their headers, replaced knowingly, forgotten by name."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.load.made import TAOBAO, load, loaded, text_file
from workbench.errors import BadInput
from workbench.load import Proposal, write_mapping
from workbench.load.saved import forget_mapping, keep_mapping, mappings_dir, saved_mappings

HEADERS = ["甲", "乙", "丙", "丁", "戊"]
COLUMNS = ["order_id", "created_at", "status", "paid_amount"]
BODY = "A1,2026-01-02 10:00:00,走了,5,红\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_MAPPINGS", str(tmp_path / "kept"))
    return tmp_path / "kept"


def mapping(path: Path, headers: list[str] = HEADERS, **settings) -> Path:
    rules = [*headers[:2], {"header": headers[2], "words": {"走了": "shipped"}}, headers[3]]
    proposals = [
        Proposal(c, r, True, {"en": "", "zh": ""}) for c, r in zip(COLUMNS, rules, strict=True)
    ]
    write_mapping(path, proposals, headers=headers, **settings)
    return path


def sheet(path: Path, headers: list[str] = HEADERS, body: str = BODY) -> Path:
    path.write_text(",".join(headers) + "\n" + body, "utf-8")
    return path


def test_a_kept_mapping_reads_the_next_file_and_is_named(tmp_path):
    file = sheet(tmp_path / "a.csv")
    with pytest.raises(BadInput, match="no known format"):
        load(tmp_path / "case", file)
    keep_mapping(mapping(tmp_path / "m.toml"), "我的表")
    [report] = load(tmp_path / "case", file)
    assert report.format == "saved:我的表"
    assert "您保存的映射“我的表”" in report.reasons["zh"]
    assert "your saved mapping 我的表" in report.reason
    assert loaded(tmp_path / "case", report)[0]["status"] == "shipped"
    assert report.columns_unused == ["戊"]


def test_it_is_the_headers_that_count_not_their_order_nor_the_file(tmp_path):
    keep_mapping(mapping(tmp_path / "m.toml"))
    body = "新,红,A1,2026-01-02 10:00:00,走了,5\n"
    other = sheet(tmp_path / "other.csv", ["己", "戊", "甲", "乙", "丙", "丁"], body)
    [report] = load(tmp_path / "case", other)
    assert (report.format, report.rows_loaded) == ("saved:m", 1)
    with pytest.raises(BadInput, match="no known format"):
        load(tmp_path / "case", sheet(tmp_path / "less.csv", ["甲", "乙", "丙", "丁", "己"]))


def test_a_platforms_export_is_never_read_by_a_kept_mapping(tmp_path):
    keep_mapping(mapping(tmp_path / "m.toml", list(TAOBAO)))
    cells = {"订单编号": "1", "订单状态": "交易成功", "订单创建时间": "2026-01-02 10:00:00"}
    cells |= {"买家实际支付金额": "5"}
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", TAOBAO, [cells]))
    assert report.format == "taobao_classic"


def test_equal_headers_are_replaced_only_knowingly(tmp_path):
    keep_mapping(mapping(tmp_path / "m.toml"), "one")
    again = mapping(tmp_path / "n.toml", zone="Europe/London")
    with pytest.raises(BadInput, match="saved mapping one"):
        keep_mapping(again, "two")
    assert [kept.name for kept in saved_mappings()] == ["one"]
    keep_mapping(again, "two", replaced=True)
    assert [(k.name, k.form.zone) for k in saved_mappings()] == [("two", "Europe/London")]


def test_an_equal_name_is_replaced_only_knowingly(tmp_path):
    keep_mapping(mapping(tmp_path / "m.toml"), "one")
    other = mapping(tmp_path / "n.toml", ["A", "B", "C", "D"])
    with pytest.raises(BadInput, match="this name"):
        keep_mapping(other, "one")
    keep_mapping(other, "one", replaced=True)
    assert [kept.form.all_of for kept in saved_mappings()] == [("A", "B", "C", "D")]


def test_forgetting(tmp_path):
    keep_mapping(mapping(tmp_path / "m.toml"), "one")
    with pytest.raises(BadInput, match="no saved mapping 'two'"):
        forget_mapping("two")
    assert forget_mapping("one").name == "one"
    assert saved_mappings() == []


@pytest.mark.parametrize("name", ["../evil", "a/b", "", ".hidden", "x" * 90, "a\nb"])
def test_a_name_cannot_leave_the_folder(tmp_path, folder, name):
    path = mapping(tmp_path / "m.toml")
    if not name:
        assert keep_mapping(path, name).name == "m"
        return
    with pytest.raises(BadInput, match="cannot be the name"):
        keep_mapping(path, name)
    assert not folder.exists()


def test_what_cannot_be_kept(tmp_path):
    bare = tmp_path / "bare.toml"
    bare.write_text('table = "staff"\n[columns]\nname = "名"\n', "utf-8")
    with pytest.raises(BadInput, match="by which headers"):
        keep_mapping(bare)
    joined = tmp_path / "joined.toml"
    joined.write_text(
        'table = "staff"\n[recognise]\nall_of = ["名"]\n[columns]\nname = "名"\n'
        '[[join]]\nfile = "b.csv"\non = "名"\n',
        "utf-8",
    )
    with pytest.raises(BadInput, match="joins files"):
        keep_mapping(joined)


def test_a_broken_mapping_stops_nothing_and_is_told(tmp_path, folder):
    folder.mkdir()
    (folder / "broken.toml").write_text('table = "staff', "utf-8")
    (folder / "bare.toml").write_text('table = "staff"\n[columns]\nname = "名"\n', "utf-8")
    keep_mapping(mapping(tmp_path / "m.toml"))
    faults = {kept.name: kept.fault for kept in saved_mappings()}
    assert faults["m"] == ""
    assert "no TOML" in faults["broken"]
    assert "names no headers" in faults["bare"]
    assert load(tmp_path / "case", sheet(tmp_path / "a.csv"))[0].rows_loaded == 1
    with pytest.raises(BadInput, match="saved mapping broken"):
        load(tmp_path / "case", sheet(tmp_path / "b.csv", ["一", "二", "三", "四", "五"]))


def test_the_folder_is_the_users_own_unless_named(monkeypatch, folder):
    assert mappings_dir() == folder
    monkeypatch.delenv("WORKBENCH_MAPPINGS")
    assert mappings_dir().parts[-2:] == ("order-workbench", "mappings")


ODD = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\x7f\t"), min_size=1
).filter(lambda text: text.strip() == text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.lists(ODD, min_size=4, max_size=6, unique=True),
    word=ODD,
    why=st.text(),
    currency=st.sampled_from(["", "CNY", "USD"]),
)
def test_whatever_is_written_is_read_back(tmp_path, headers, word, why, currency):
    from workbench.load.formats import read_mapping

    rules = [headers[0], headers[1], {"header": headers[2], "words": {word: "paid"}}, headers[3]]
    proposals = [
        Proposal(c, r, True, {"en": why, "zh": ""}) for c, r in zip(COLUMNS, rules, strict=True)
    ]
    path = tmp_path / "m.toml"
    write_mapping(path, proposals, headers=headers, currency=currency)
    form = read_mapping(path)
    assert form.all_of == tuple(headers)
    assert form.currency == currency
    assert [form.columns[c].header for c in COLUMNS] == headers[:4]
    assert form.columns["status"].words == ((word, "paid"),)
