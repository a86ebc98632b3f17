"""Folders and archives as they came: what is data is loaded, all else is told."""

import io
import zipfile

import pytest

from tests.load.made import ORDERS, load, order
from tests.load.mutations import zipped
from workbench.errors import BadInput
from workbench.load import left_out_table


def orders(number):
    row = order(number)
    return (
        ",".join(ORDERS) + "\n" + ",".join(row.get(name, "") for name in ORDERS) + "\n"
    ).encode()


def shown(loads):
    return {one.file: one.why["zh"] for one in loads.left_out}


def test_a_folder(tmp_path):
    folder = tmp_path / "导出"
    (folder / "一月").mkdir(parents=True)
    (folder / "一月" / "orders.csv").write_bytes(orders(1))
    (folder / "b.zip").write_bytes(
        zipped({"二月/orders.csv": orders(2), "__MACOSX/._orders.csv": b"x"})
    )
    (folder / "~$a.xlsx").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "说明.csv").write_text("只是说明\n第二行\n", "utf-8")
    (folder / "link.csv").symlink_to(__file__)
    loads = load(tmp_path / "case", folder)
    assert [report.rows_loaded for report in loads] == [1, 1]
    told = shown(loads)
    assert set(told) == {
        "导出/b.zip/__MACOSX/._orders.csv",
        "导出/~$a.xlsx",
        "导出/Thumbs.db",
        "导出/link.csv",
        "导出/说明.csv",
    }
    assert told["导出/link.csv"] == "指向别处的链接"
    assert told["导出/说明.csv"].startswith("未载入：")
    table = left_out_table(loads.left_out, "zh")
    assert list(table.columns) == ["文件", "未载入原因"]
    assert len(table) == 5


def gbk_named(name, content):
    """A zip whose names are GBK without the flag that says UTF-8, as Chinese systems write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x" * len(name.encode("gbk")), content)
    return out.getvalue().replace(b"x" * len(name.encode("gbk")), name.encode("gbk"))


def test_names_in_gbk_and_one_archive_inside_another(tmp_path):
    inner = gbk_named("订单.csv", orders(1))
    deep = zipped({"c.zip": zipped({"d.csv": orders(3)})})
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"b.zip": inner, "deep.zip": deep, "../../out.csv": orders(2)}))
    loads = load(tmp_path / "case", file)
    assert sorted(report.file for report in loads) == ["out.csv", "订单.csv"]
    assert list(shown(loads)) == ["a.zip/deep.zip/c.zip"]
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path.parent / "out.csv").exists()


def test_equal_names_stay_apart(tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"1/orders.csv": orders(1), "2/orders.csv": orders(2)}))
    assert [r.file for r in load(tmp_path / "case", file)] == ["orders.csv", "2 - orders.csv"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"a.txt": b"only words\n"}, "no known format"),
        ({"a.csv": b"0" * (80 << 20)}, "unpack to far more"),
        ({}, "no file to load"),
    ],
)
def test_an_archive_of_which_nothing_can_be_loaded(tmp_path, content, told):
    file = tmp_path / "a.zip"
    file.write_bytes(zipped(content))
    with pytest.raises(BadInput, match=told):
        load(tmp_path / "case", file)


def test_a_named_file_that_is_bad_stops_the_load(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "a.csv").write_bytes(orders(1))
    (tmp_path / "bad.csv").write_text("nothing,known\n1,2\n", "utf-8")
    with pytest.raises(BadInput, match=r"known format"):
        load(tmp_path / "case", folder, tmp_path / "bad.csv")
    assert not (tmp_path / "case" / "tables").exists()
