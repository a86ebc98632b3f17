from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from workbench.errors import BadInput
from workbench.notice import parse_notice
from workbench.notice.document import MAX_BYTES, decoded, read_document

A, B = "240728699116526468", "241204198564878009"
TEXT = f"通知编号：WG12345\n涉及订单：{A}、{B}\n"


def orders(path: Path) -> tuple[str, ...]:
    return parse_notice(read_document(path).text).value("order_ids")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_in_any_encoding(tmp_path: Path, encoding: str):
    path = tmp_path / "n.txt"
    path.write_bytes(TEXT.encode(encoding))
    read = read_document(path)
    assert read.text == TEXT
    # The file itself is kept where it is not this text byte by byte.
    assert read.original == (b"" if encoding == "utf-8" else path.read_bytes())


def test_a_page_with_a_table(tmp_path: Path):
    path = tmp_path / "n.html"
    path.write_text(
        "<html><head><title>x</title><style>p{}</style></head><body><h1>违规通知</h1>"
        "<p>通知编号：<b>WG12345</b></p><script>订单号：999999999999999999</script>"
        f"<table><tr><th>订单编号</th><th>运单号</th></tr><tr><td>{A}</td><td>753123456789012345"
        f"</td></tr><tr><td>{B}</td><td>753123456789012346</td></tr></table></body></html>",
        "utf-8",
    )
    parsed = parse_notice(read_document(path).text)
    assert parsed.value("notice_id") == "WG12345"
    assert parsed.value("order_ids") == (A, B)


def test_a_word_document_with_a_table(tmp_path: Path):
    path = tmp_path / "n.docx"
    document = docx.Document()
    document.add_paragraph("通知编号：WG12345")
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate([("订单编号", "金额"), (A, "1.00"), (B, "2.00")]):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.save(str(path))
    assert orders(path) == (A, B)
    assert read_document(path).original == path.read_bytes()


def test_a_mail_with_an_attachment(tmp_path: Path):
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "违规通知", "notice@example.com"
    mail["Date"] = "Fri, 02 Jan 2026 08:30:00 +0800"
    mail.set_content(TEXT, charset="gb18030")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="订单.pdf")
    path = tmp_path / "n.eml"
    path.write_bytes(bytes(mail))
    read = read_document(path)
    assert "Subject: 违规通知" in read.text
    assert "[attachment: 订单.pdf]" in read.text
    parsed = parse_notice(read.text)
    assert parsed.value("order_ids") == (A, B)
    assert f"{parsed.value('issued_at'):%Y-%m-%d %H:%M}" == "2026-01-02 08:30"


def test_a_mail_that_is_a_page(tmp_path: Path):
    mail = EmailMessage()
    mail.set_content(f"<p>订单号：{A}</p><p>订单号：{B}</p>", subtype="html")
    path = tmp_path / "n.eml"
    path.write_bytes(bytes(mail))
    assert orders(path) == (A, B)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("n.csv", b"notice_id\n", "workbench load"),
        ("n.pdf", b"%PDF", "cannot be read"),
        ("n.txt", b"", "0 bytes"),
        ("n.docx", b"PK no", "damaged"),
    ],
)
def test_what_is_no_notice_is_refused(tmp_path: Path, name: str, content: bytes, told: str):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=told):
        read_document(path)


def test_a_missing_file_and_a_huge_one(tmp_path: Path):
    with pytest.raises(BadInput):
        read_document(tmp_path / "none.txt")
    path = tmp_path / "n.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(BadInput, match="bytes"):
        read_document(path)


def test_bytes_of_no_encoding_are_read_without_falling():
    assert decoded(b"\xff\xff\x00") != ""
