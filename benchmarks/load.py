"""What loading costs beside DuckDB's bare read_csv → Parquet of the same rows.

    python benchmarks/load.py [--rows 1000000] [--times 10] [--file ORDERS.csv] [--folder DIR]

The rows are a Taobao order list in GBK with 61 columns, as the seller centre exports it; DuckDB
gets the same rows in UTF-8, because it does not read GBK. Each side runs in a process of its own,
whose CPU time and peak memory are what the system says. The workbench also checks the encoding of
every byte, hashes and keeps the original, cleans and types every cell, and accounts for every row.
With --times 10 the workbench also loads ten times the rows, to see whether time grows with them
and memory does not.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HEADERS = [
    "订单编号",
    "买家会员名",
    "买家支付宝账号",
    "支付单号",
    "支付详情",
    "买家应付货款",
    "买家应付邮费",
    "买家支付积分",
    "总金额",
    "返点积分",
    "买家实际支付金额",
    "买家实际支付积分",
    "订单状态",
    "买家留言",
    "收货人姓名",
    "收货地址 ",
    "运送方式",
    "联系电话 ",
    "联系手机",
    "订单创建时间",
    "订单付款时间 ",
    "宝贝标题 ",
    "宝贝种类 ",
    "物流单号 ",
    "物流公司",
    "订单备注",
    "宝贝总数量",
    "店铺Id",
    "店铺名称",
    "订单关闭原因",
    "卖家服务费",
    "买家服务费",
    "发票抬头",
    "是否手机订单",
    "分阶段订单信息",
    "特权订金订单id",
    "是否上传合同照片",
    "是否上传小票",
    "是否代付",
    "定金排名",
    "修改后的sku",
    "修改后的收货地址",
    "异常信息",
    "天猫卡券抵扣",
    "集分宝抵扣",
    "是否是O2O交易",
    "新零售交易类型",
    "新零售导购门店名称",
    "新零售导购门店id",
    "新零售发货门店名称",
    "新零售发货门店id",
    "退款金额",
    "预约门店",
    "确认收货时间",
    "打款商家金额",
    "含应开票给个人的个人红包",
    "是否信用购",
    "体验期结束时间",
    "前N有礼",
    "配送类型",
    "主订单编号",
]
STATUSES = ("交易成功", "交易成功", "交易成功", "卖家已发货，等待买家确认", "交易关闭")


def rows(count: int) -> Iterator[str]:
    """Lines of an order list of `count` orders, made by counting: no two orders are alike."""
    for n in range(count):
        day, minute = n % 28 + 1, n % 60
        made = {
            "订单编号": f'="{240728690000000000 + n * 7}"',
            "买家会员名": f"买家{n % 50_021}号",
            "买家支付宝账号": f"138{n % 99_999_989:08d}",
            "支付单号": f"2026010122001{n:012d}",
            "支付详情": "支付宝",
            "买家应付货款": f"{n % 300 + 10}.50",
            "买家应付邮费": "0.00",
            "买家支付积分": "0",
            "总金额": f"{n % 300 + 10}.50",
            "返点积分": "0",
            "买家实际支付金额": f"{n % 300 + 10}.50",
            "买家实际支付积分": "0",
            "订单状态": STATUSES[n % len(STATUSES)],
            "收货人姓名": "张三",
            "收货地址": f"浙江省 杭州市 西湖区 文三路{n % 997}号{n % 31}室(310000)",
            "运送方式": "快递",
            "联系手机": f"'139{n % 99_999_989:08d}",
            "订单创建时间": f"2026-01-{day:02d} 10:{minute:02d}:{n % 59:02d}",
            "订单付款时间": f"2026-01-{day:02d} 11:{minute:02d}:{n % 59:02d}",
            "宝贝标题": "春季新款 连衣裙 宽松 显瘦 中长款",
            "宝贝种类": "1",
            "物流单号": f"No:YT{n:013d}",
            "物流公司": "圆通速递",
            "订单备注": "NULL" if n % 3 else "老客户",
            "宝贝总数量": "1",
            "店铺Id": "0",
            "店铺名称": "样例小店",
            "订单关闭原因": "订单未关闭",
            "卖家服务费": "0",
            "买家服务费": "0元",
            "是否手机订单": "手机订单",
            "是否上传合同照片": "否",
            "是否上传小票": "否",
            "是否代付": "否",
            "退款金额": "0.00",
            "确认收货时间": f"2026-02-{day:02d} 11:{minute:02d}:{n % 59:02d}",
            "打款商家金额": f"{n % 300 + 10}.50元",
        }
        cells = (made.get(header.strip(), "") for header in HEADERS)
        yield ",".join(cell if cell[:1] == "=" else f'"{cell}"' for cell in cells) + "\r\n"


def write_files(count: int, gbk: Path, utf8: Path) -> None:
    """The same rows in both encodings."""
    header = ",".join(f'"{name}"' for name in HEADERS) + "\r\n"
    with (
        gbk.open("w", encoding="gb18030", newline="") as first,
        utf8.open("w", encoding="utf-8", newline="") as second,
    ):
        for line in chain([header], rows(count)):
            first.write(line)
            second.write(line)


def convert_file(file: Path, gbk: Path, utf8: Path) -> None:
    """A given file (GBK) and its UTF-8 twin."""
    with (
        file.open(encoding="gb18030", newline="") as text,
        gbk.open("w", encoding="gb18030", newline="") as first,
        utf8.open("w", encoding="utf-8", newline="") as second,
    ):
        while chunk := text.read(1 << 22):
            first.write(chunk)
            second.write(chunk)


def write_repeated(gbk: Path, target: Path, times: int) -> None:
    """The rows of a file several times over, each with an order number of its own."""
    number = 0
    with target.open("wb") as out:
        for turn in range(times):
            with gbk.open("rb") as lines:
                header = lines.readline()
                if not turn:
                    out.write(header)
                for line in lines:
                    out.write(b'="%d"' % (240728690000000000 + number * 7))
                    out.write(line[line.index(b",") :])
                    number += 1


WORKBENCH = """
from pathlib import Path
from workbench.load import load_files
folder = Path({folder!r})
[report] = load_files(
    [Path({file!r})], tables_dir=folder / "tables", sources_dir=folder / "sources",
    zone="Asia/Shanghai", currency="CNY",
)
rows = report.rows_read
assert rows == report.rows_loaded + report.rows_quarantined
print(rows, report.rows_quarantined)
"""
DUCKDB = """
import duckdb
duckdb.connect().execute("COPY (FROM read_csv({file!r})) TO {out!r} (FORMAT parquet)")
"""


def measured(code: str) -> dict[str, float | str]:
    """Run code in a process of its own: CPU seconds, wall seconds, peak memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    # The process tells its own peak: RUSAGE_CHILDREN knows only the largest child so far.
    tail = "\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    done = subprocess.run(
        [sys.executable, "-c", code + tail], check=True, capture_output=True, text=True
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    *said, peak = done.stdout.split("\n")[:-1]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "cpu_s": round(cpu, 2),
        "wall_s": round(wall, 2),
        "peak_mb": int(peak),
        "said": said[:1],
    }


def main() -> None:
    """Measure both and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path, help="a Taobao list in GBK, not made rows")
    parser.add_argument("--times", type=int, default=1, help="load as many times the rows, too")
    parser.add_argument("--folder", type=Path, help="where the files go while it runs")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="workbench-load-", dir=options.folder) as folder:
        gbk, utf8 = Path(folder, "orders.csv"), Path(folder, "utf8.csv")
        if options.file:
            convert_file(options.file, gbk, utf8)
        else:
            write_files(options.rows, gbk, utf8)
        bare = measured(DUCKDB.format(file=str(utf8), out=str(Path(folder, "bare.parquet"))))
        ours = measured(WORKBENCH.format(file=str(gbk), folder=str(Path(folder, "case"))))
        result: dict[str, Any] = {
            "gbk_mb": round(gbk.stat().st_size / 1e6, 1),
            "duckdb": bare,
            "workbench": ours,
            "cpu_ratio": round(float(ours["cpu_s"]) / float(bare["cpu_s"]), 2),
            "wall_ratio": round(float(ours["wall_s"]) / float(bare["wall_s"]), 2),
        }
        if options.times > 1:
            many = Path(folder, "many.csv")
            write_repeated(gbk, many, options.times)
            gbk.unlink()
            utf8.unlink()
            code = WORKBENCH.format(file=str(many), folder=str(Path(folder, "many")))
            result["many"] = measured(code)
            ratio = float(result["many"]["cpu_s"]) / float(ours["cpu_s"])
            result["many_ratio"] = round(ratio, 2)
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
