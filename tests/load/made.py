"""Files made by hand for the tests, under each platform's real headers, and a way to load them."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq

from workbench.load import LoadReport, load_files

# Every known export: VARIANTS[platform][variant] with its headers, container, encoding and so on.
VARIANTS = tomllib.loads(Path(__file__).with_name("variants.toml").read_text("utf-8"))
TAOBAO: list[str] = VARIANTS["taobao"]["order_list_2019_61col"]["headers"]
PINDUODUO: list[str] = VARIANTS["pdd"]["order_export_27col"]["headers"]
DOUYIN: list[str] = VARIANTS["douyin"]["order_export_74col"]["headers"]
AMAZON: list[str] = VARIANTS["amazon"]["all_orders_34col_observed"]["headers"]
SHOPIFY: list[str] = VARIANTS["shopify"]["orders_export_79col"]["headers"]

TAOBAO_ROW = {
    "订单编号": '="240728699116526468"',
    "买家会员名": "小王",
    "买家支付宝账号": "xw@example.com",
    "支付单号": "2026010122001",
    "买家应付货款": "201.12",
    "买家应付邮费": "0.00",
    "总金额": "201.12",
    "买家实际支付金额": "￥1,201.12元",
    "订单状态": "卖家已发货,等待买家确认",
    "买家留言": "请\n尽快",
    "收货人姓名": "王五",
    "收货地址 ": "浙江省 杭州市 西湖区 文三路 1 号(310000)",
    "联系手机": "'13812345678",
    "订单创建时间": "2026-01-02 10:11:12",
    "订单付款时间 ": "2026/1/2 10:12",
    "宝贝标题 ": "连衣裙",
    "物流单号 ": "No:YT0001",
    "物流公司": "圆通速递",
    "订单备注": "NULL",
    "宝贝总数量": "2",
    "订单关闭原因": "订单未关闭",
    "买家服务费": "0元",
    "是否手机订单": "手机订单",
    "退款金额": "0.00",
    "确认收货时间": "",
}


def text_file(
    path: Path,
    headers: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    end: str = "\r\n",
) -> Path:
    """Write rows given as {header: cell} under the headers; cells not given are empty."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    if delimiter == "\t":
        writer = csv.writer(
            text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_NONE, quotechar=None
        )
    writer.writerow(headers)
    for row in rows:
        unknown = set(row) - set(headers)
        assert not unknown, f"no such headers: {unknown}"
        writer.writerow([row.get(header, "") for header in headers])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def sheet_file(path: Path, headers: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write rows given as {header: cell} into the only sheet of a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(list(headers))
    for row in rows:
        unknown = set(row) - set(headers)
        assert not unknown, f"no such headers: {unknown}"
        sheet.append([row.get(header) for header in headers])
    book.save(path)
    return path


def load(
    case: Path, *files: Path, zone: str = "Asia/Shanghai", currency: str = "CNY", **options: Any
) -> list[LoadReport]:
    """Load files into `case`/tables and `case`/sources."""
    return load_files(
        files,
        tables_dir=case / "tables",
        sources_dir=case / "sources",
        zone=zone,
        currency=currency,
        **options,
    )


def loaded(case: Path, report: LoadReport) -> list[dict[str, Any]]:
    """The rows that a file came to, as they lie in the case."""
    return pq.read_table(case / "tables" / report.table / f"{report.sha256}.parquet").to_pylist()


def quarantined(case: Path, report: LoadReport) -> list[tuple[int, str, str, str]]:
    """(row, column, value, reason) of every problem of a file."""
    path = case / "tables" / report.table / f"{report.sha256}.quarantine.parquet"
    return [
        (row["source_row"], row["column"], row["value"], row["reason"])
        for row in pq.read_table(path).to_pylist()
    ]


def content(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


ORDERS = ["order_id", "created_at", "status", "paid_amount", "quantity", "buyer_message"]


def order(number: int, **cells: str) -> dict[str, str]:
    """A row of the canonical orders that is right in every cell, but for what `cells` says."""
    row = {
        "order_id": f"A{number}",
        "created_at": "2026-01-02 03:04:05",
        "status": "paid",
        "paid_amount": "12.50",
        "quantity": "1",
    }
    return {**row, **cells}
