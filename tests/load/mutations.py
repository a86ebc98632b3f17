"""Files as exports are, and what happens to them on the way: each told by a seed and an index."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import openpyxl

from tests.load.made import VARIANTS
from workbench.load.formats import built_in
from workbench.load.rules import Cell, First, Rule
from workbench.tables import TABLES

ENDINGS = (".csv", ".txt", ".xls", ".xlsx", ".json", ".zip", ".tsv", ".html", ".ods", ".gz", "")
OLD = Path(__file__).with_name("old_workbook.xls")


@dataclass
class Made:
    """A file and, where its rows can be counted beforehand, how many it has."""

    path: Path
    recipe: str
    rows: int | None


Table = list[list[str]]


def make(seed: int, index: int, folder: Path, *, large: bool = True) -> Made:
    """The file number `index` of a run; the same for the same seed. `large` allows 10 MB cells."""
    rng = random.Random(f"{seed}-{index}")
    told: list[str] = []
    if rng.random() < 0.04:
        bomb = rng.choice(BOMBS if large else SMALL_BOMBS)
        data, rows = bomb(rng), None
        told.append(bomb.__name__)
    else:
        table = valid_table(rng, told)
        rows = len(table) - 1
        for _ in range(rng.choice((0, 1, 1, 2))):
            change = rng.choice(TABLE_CHANGES if large else SMALL_CHANGES)
            rows = None if change(rng, table) is None else len(table) - 1
            told.append(change.__name__)
            if rows is None:
                break
        rows = None if len(table) < 2 or not all(map(any, table)) else rows
        write = rng.choice(WRITERS)
        told.append(write.__name__)
        data = write(rng, table)
        # Amazon's reports know no quotation marks: those that a writer adds would be in the cells.
        if write in UNCOUNTED or told[0].startswith("amazon"):
            rows = None
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            harm = rng.choice(HARMS)
            data, rows = harm(rng, data), None
            told.append(harm.__name__)
    path = folder / f"file{rng.choice(ENDINGS)}"
    path.write_bytes(data)
    return Made(path, " > ".join(told), rows)


# Tables


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def look(rule: Rule) -> None:
        if isinstance(rule, First):
            for inner in rule.rules:
                look(inner)
        elif isinstance(rule, Cell) and rule.words:
            found.setdefault(rule.header, []).extend(word for word, _ in rule.words)

    for form in built_in():
        for rule in form.columns.values():
            look(rule)
    return found


@cache
def _headers() -> list[tuple[str, list[str]]]:
    known = [
        (f"{platform}.{name}", [h for h in variant["headers"] if isinstance(h, str)])
        for platform, variants in VARIANTS.items()
        for name, variant in variants.items()
        if isinstance(variant, dict) and variant.get("headers")
    ]
    own = [(name, [column.name for column in table.columns]) for name, table in TABLES.items()]
    return known + own * 2


def valid_table(rng: random.Random, told: list[str]) -> Table:
    """A header and a few rows that look like an export of a known kind."""
    name, headers = rng.choice(_headers())
    told.append(name)
    rows = rng.choice((1, 2, 3, 5, 12, 40))
    return [list(headers), *([cell(rng, header, n) for header in headers] for n in range(rows))]


def cell(rng: random.Random, header: str, row: int) -> str:
    """Something that could stand under a header."""
    plain = header.strip().lower()
    if words := _words().get(header.strip()):
        return rng.choice(words)
    if any(part in plain for part in ("时间", "date", "time", "_at", "created")):
        return f"2026-01-{row % 28 + 1:02} 10:{rng.randrange(60):02}:00"
    if any(part in plain for part in ("额", "价", "price", "amount", "total", "费", "fee", "款")):
        return f"{rng.randrange(100000) / 100:.2f}"
    if any(part in plain for part in ("数量", "quantity", "qty", "weight", "visitors", "views")):
        return str(rng.randrange(1, 9))
    if any(part in plain for part in ("id", "号", "order", "no")):
        return str(240728690000000000 + rng.randrange(10**9))
    return rng.choice(
        ("", "连衣裙 红色", "a, b", "Zhang", "-", "138****8000", '="123"', "x\ty", "1")
    )


def _column(rng: random.Random, table: Table) -> int:
    return rng.randrange(max(1, len(table[0])))


def _set(rng: random.Random, table: Table, text: str) -> bool:
    row = rng.randrange(len(table))
    if not row or not table[row]:
        return True
    table[row][min(_column(rng, table), len(table[row]) - 1)] = text
    return True


def column_doubled(rng: random.Random, table: Table) -> bool:
    at = _column(rng, table)
    for row in table:
        row.insert(at, row[at] if at < len(row) else "")
    return True


def column_renamed(rng: random.Random, table: Table) -> bool:
    if table[0]:
        table[0][_column(rng, table) % len(table[0])] = rng.choice(
            ("", "x", "订单编号", "\0", "a\nb")
        )
    return True


def column_dropped(rng: random.Random, table: Table) -> bool:
    at = _column(rng, table)
    for row in table:
        del row[at : at + 1]
    return True


def columns_mixed(rng: random.Random, table: Table) -> bool:
    order = list(range(len(table[0])))
    rng.shuffle(order)
    table[:] = [[row[i] for i in order if i < len(row)] for row in table]
    return True


def cell_of_quotes(rng: random.Random, table: Table) -> bool:
    return _set(rng, table, rng.choice(('"', '""', 'a "b" c', '"""', "'", '="x"', '="', '="1"2')))


def cell_of_breaks(rng: random.Random, table: Table) -> bool:
    return _set(rng, table, rng.choice(("a\nb", "a\r\nb", "\r", "\n\n", "\u2028", "\v", "\x85")))


def cell_of_nuls(rng: random.Random, table: Table) -> bool:
    return _set(rng, table, rng.choice(("\0", "a\0b", "\0" * 50, "\x01\x1f")))


def cell_of_formulas(rng: random.Random, table: Table) -> bool:
    texts = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "=")
    return _set(rng, table, rng.choice(texts))


def cell_odd(rng: random.Random, table: Table) -> bool:
    texts = (
        *("\ufeff", "NaN", "inf", "1e999", "-0", "9" * 400, "0001-01-01", "9999-12-31 23:59:59"),
        *("2026-02-30", "１２．５", "1.2E+17", "\U0001f600", "\u202e", "{}", "[1]", "true"),
        *("1,234,567.89", "¥-1", "1970-01-01T00:00:00+99:00", "%s%n", "../../x", "999999999999999"),
    )
    return _set(rng, table, rng.choice(texts))


def cell_of_10_mb(rng: random.Random, table: Table) -> bool:
    return _set(rng, table, rng.choice(("x", "连", " ", "1", "a,b\n")) * (10 << 20 >> 2))


def row_short(rng: random.Random, table: Table) -> None:
    row = rng.randrange(len(table))
    table[row] = table[row][: rng.randrange(len(table[row]) + 1)]


def row_long(rng: random.Random, table: Table) -> None:
    table[rng.randrange(len(table))] += ["x"] * rng.randrange(1, 5)


def rows_repeated(rng: random.Random, table: Table) -> bool:
    table += [list(rng.choice(table[1:] or table)) for _ in range(rng.randrange(1, 4))]
    return True


def rows_before(rng: random.Random, table: Table) -> None:
    table[:0] = [[rng.choice(("报表", "", "#", "订单编号"))] for _ in range(rng.randrange(1, 40))]


def header_only(rng: random.Random, table: Table) -> None:
    del table[1:]


def header_gone(rng: random.Random, table: Table) -> None:
    del table[0]
    if not table:
        table.append(["x"])


def columns_10_000(rng: random.Random, table: Table) -> bool:
    for row in table:
        row += ["x"] * 10_000
    table[0][-10_000:] = [f"c{i}" for i in range(10_000)]
    del table[4:]
    return True


SMALL_CHANGES: tuple[Callable[[random.Random, Table], bool | None], ...] = (
    *(column_doubled, column_renamed, column_dropped, columns_mixed, cell_of_quotes),
    *(cell_of_breaks, cell_of_nuls, cell_of_formulas, cell_odd, cell_odd, row_short, row_long),
    *(rows_repeated, rows_before, header_only, header_gone),
)
TABLE_CHANGES = (*SMALL_CHANGES * 6, cell_of_10_mb, columns_10_000)

# Writers


def _csv(table: Table, delimiter: str = ",", end: str = "\r\n") -> str:
    text = io.StringIO()
    # The writer would leave a lone CR without quotation marks, where it ends a line.
    odd = any("\r" in cell for row in table for cell in row)
    quoting = csv.QUOTE_ALL if odd else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)
    return text.getvalue()


def csv_utf8(rng: random.Random, table: Table) -> bytes:
    return _csv(table, rng.choice(",,;\t"), rng.choice(("\r\n", "\n"))).encode("utf-8")


def csv_bom(rng: random.Random, table: Table) -> bytes:
    return _csv(table).encode("utf-8-sig")


def csv_gbk(rng: random.Random, table: Table) -> bytes:
    return _csv(table).encode("gb18030")


def csv_wide(rng: random.Random, table: Table) -> bytes:
    return _csv(table, "\t").encode(rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32")))


def csv_packed(rng: random.Random, table: Table) -> bytes:
    return gzip.compress(csv_gbk(rng, table) if rng.random() < 0.5 else csv_utf8(rng, table))


def xlsx(rng: random.Random, table: Table) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for number in range(rng.choice((1, 1, 1, 2))):
        sheet = book.create_sheet(f"s{number}")
        for row in table:
            sheet.append([_legal(text)[:32_000] for text in row][:16_000])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _legal(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\t\n\r")


def html(rng: random.Random, table: Table) -> bytes:
    tag = rng.choice(("td", "TD", "th"))
    rows = "".join(
        "<tr>" + "".join(f"<{tag}>{escape(c)}</{tag}>" for c in row) + "</tr>" for row in table
    )
    encoding = rng.choice(("utf-8", "gb18030"))
    page = f"<html><meta charset={encoding}><body><table>{rows}</table></body></html>"
    return page.encode(encoding)


def sheet_xml(rng: random.Random, table: Table) -> bytes:
    rows = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{escape(_legal(c))}</Data></Cell>' for c in row)
        + "</Row>"
        for row in table
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
        f"{rows}</Table></Worksheet></Workbook>"
    ).encode()


def ods(rng: random.Random, table: Table) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    rows = "".join(
        "<t:table-row>"
        + "".join(
            f'<t:table-cell o:value-type="string"><x:p>{escape(_legal(c))}</x:p></t:table-cell>'
            for c in row
        )
        + "</t:table-row>"
        for row in table
    )
    content = (
        f'<o:document-content xmlns:o="{space}:office:1.0" xmlns:t="{space}:table:1.0" '
        f'xmlns:x="{space}:text:1.0"><o:body><o:spreadsheet><t:table t:name="a">{rows}</t:table>'
        "</o:spreadsheet></o:body></o:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
        }
    )


def json_list(rng: random.Random, table: Table) -> bytes:
    ascii_only = rng.random() < 0.5
    return json.dumps(_objects(table), ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")


def json_inside(rng: random.Random, table: Table) -> bytes:
    value = {"code": 0, "data": {"list": _objects(table)}, "message": "ok"}
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def json_lines(rng: random.Random, table: Table) -> bytes:
    return "\n".join(json.dumps(row) for row in _objects(table)).encode()


def tracking(rng: random.Random, table: Table) -> bytes:
    events = [
        {"time": f"2026-01-0{n} 10:00:00", "context": "到达", "status": "在途"} for n in (1, 2)
    ]
    stops = [{"AcceptTime": "2026-01-02 10:00:00", "AcceptStation": "x", "Action": "1"}]
    scans = [{"time_utc": "2026-01-02T03:04:05Z", "description": "x", "stage": "InTransit"}]
    one = rng.choice(
        (
            {"nu": "YT1", "com": "yuantong", "data": events},
            {"LogisticCode": "SF1", "Traces": stops},
            {"mailNo": "C1", "fullTraceDetail": [{"time": "2026-01-02 10:00:00", "desc": "x"}]},
            {
                "data": {
                    "accepted": [
                        {
                            "number": "R1",
                            "track_info": {"tracking": {"providers": [{"events": scans}]}},
                        }
                    ]
                }
            },
        )
    )
    return json.dumps([one] * 3 if rng.random() < 0.5 else one, ensure_ascii=False).encode()


def chat(rng: random.Random, table: Table) -> bytes:
    lines = []
    for number in range(rng.randrange(1, 20)):
        speaker = rng.choice(("小王", "小店:客服", "小李"))
        time = f"2026-1-2 10:{number:02}:00"
        lines.append(rng.choice((f"{speaker} {time}", f"[{speaker}] {time}", f"{speaker}\n{time}")))
        lines.append(rng.choice(("在吗", "好的\n谢谢", "已读", "", "2026-01-02", "撤回了一条消息")))
    return rng.choice(("\n", "\r\n")).join(lines).encode(rng.choice(("utf-8", "gb18030")))


def old_workbook(rng: random.Random, table: Table) -> bytes:
    return OLD.read_bytes()


def archive(rng: random.Random, table: Table) -> bytes:
    inner = {"订单/一月.csv": csv_utf8(rng, table), "__MACOSX/._x": b"x", "图.jpg": b"\xff\xd8\xff"}
    if rng.random() < 0.3:
        inner["内.zip"] = zipped({"二月.xlsx": xlsx(rng, table)})
    return zipped(inner)


def _objects(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table[0], row, strict=False)) for row in table[1:]]


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


WRITERS = (
    *(csv_utf8, csv_utf8, csv_utf8, csv_gbk, csv_gbk, csv_bom, csv_wide, csv_packed),
    *(xlsx, xlsx, html, sheet_xml, ods, json_list, json_inside, json_lines, tracking, chat),
    *(old_workbook, archive),
)
# Their rows are not those of the table, or some are left out in writing.
UNCOUNTED = (
    xlsx,
    html,
    ods,
    sheet_xml,
    json_list,
    json_inside,
    json_lines,
    tracking,
    chat,
    old_workbook,
    archive,
)

# Harms to bytes


def cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def bits_flipped(rng: random.Random, data: bytes) -> bytes:
    harmed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 64)) if harmed else 0):
        harmed[rng.randrange(len(harmed))] ^= 1 << rng.randrange(8)
    return bytes(harmed)


def bytes_inserted(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    noise = rng.choice((rng.randbytes(8), b'"', b"\0", b"\xff", b"\r", b"\xef\xbb\xbf", b"\x81"))
    return data[:at] + noise + data[at:]


def bytes_dropped(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randrange(1, 40) :]


def encoded_again(rng: random.Random, data: bytes) -> bytes:
    text = data.decode(rng.choice(("utf-8", "gb18030", "latin-1", "cp1252")), "replace")
    return text.encode(rng.choice(("utf-8", "gb18030", "utf-16", "cp932", "utf-7")), "replace")


def delimiters_broken(rng: random.Random, data: bytes) -> bytes:
    old, new = rng.sample((b",", b"\t", b";", b"|", b'"', b"\n", b"\r\n", b":", b"<"), 2)
    return data.replace(old, new, rng.choice((-1, 1, 3)))


def mark_in_the_middle(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) + data[at:]


def lone_surrogates(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice((b"\xed\xa0\x80", b"\\ud800", b"\\udc00\\ud800")) + data[at:]


def said_twice(rng: random.Random, data: bytes) -> bytes:
    return data + data


HARMS = (
    *(cut, cut, bits_flipped, bits_flipped, bytes_inserted, bytes_dropped, encoded_again),
    *(delimiters_broken, mark_in_the_middle, lone_surrogates, said_twice),
)

# Bombs and noise


def noise(rng: random.Random) -> bytes:
    start = rng.choice(
        (b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{")
    )
    return start + rng.randbytes(rng.randrange(3000))


def zip_bomb(rng: random.Random) -> bytes:
    return zipped({rng.choice(("xl/workbook.xml", "a.csv")): b"0" * (200 << 20)})


def gzip_bomb(rng: random.Random) -> bytes:
    return gzip.compress(b"order_id,x\n" + b"0" * (200 << 20), 1)


def laughs() -> str:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return "<!DOCTYPE x [" + "".join(lines) + "]>"


def xml_bomb(rng: random.Random) -> bytes:
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    kind = rng.choice(("laughs", "quadratic"))
    big = '<!DOCTYPE x [<!ENTITY a11 "' + "x" * 100_000 + '">]>'
    what = laughs() if kind == "laughs" else big
    cells = f"<Row><Cell><Data>{'&a11;' * 1000}</Data></Cell></Row>"
    return (
        f'<?xml version="1.0"?>{what}<Workbook {space}><Worksheet><Table>{cells}</Table>'
        "</Worksheet></Workbook>"
    ).encode()


def workbook_bomb(rng: random.Random) -> bytes:
    return zipped(
        {
            "xl/workbook.xml": f'<?xml version="1.0"?>{laughs()}<workbook>&a11;</workbook>',
            "xl/sharedStrings.xml": f"{laughs()}<sst><si><t>&a11;</t></si></sst>",
        }
    )


def deep_json(rng: random.Random) -> bytes:
    depth = rng.choice((100, 5_000, 500_000))
    opened = rng.choice(("[", '{"a":', '[{"order_id":'))
    closing = {"[": "]", '{"a":': "}", '[{"order_id":': "}]"}[opened]
    return (opened * depth + "1" + closing * depth * rng.choice((0, 1))).encode()


def far_cell(rng: random.Random) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["order_id", "created_at", "status", "paid_amount"])
    book.active.append(["A1", "2026-01-02", "paid", "1"])
    book.active.cell(rng.choice((50_000, 1_048_576)), rng.choice((9, 16_384)), "far")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def nested_tables(rng: random.Random) -> bytes:
    return b"<html>" + rng.choice((b"<table>", b"<table><tr><td>", b"<b>")) * 50_000


def blank_lines(rng: random.Random) -> bytes:
    return b"order_id,created_at,status,paid_amount\n" + rng.choice((b"\n", b",,,\n")) * 300_000


def wide_span(rng: random.Random) -> bytes:
    return b"<table><tr>" + b"<td colspan=999999 rowspan=999999>x" * 30 + b"</table>"


SMALL_BOMBS = (noise, noise, xml_bomb, workbook_bomb, deep_json, wide_span)
BOMBS = (*SMALL_BOMBS, *SMALL_BOMBS, zip_bomb, gzip_bomb, far_cell, nested_tables, blank_lines)
