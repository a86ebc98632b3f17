"""The text of a notice from the file it came in: text, mail, web page or Word document."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table

from workbench.errors import BadInput
from workbench.load.zip_limits import check_zip

__all__ = ["KINDS", "MAX_BYTES", "Document", "read_document"]

MAX_BYTES = 20 * 1024 * 1024
KINDS = (".txt", ".eml", ".html", ".htm", ".docx", ".md")
_HEADERS = ("From", "To", "Subject", "Date")
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "header", "footer")
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "tr", "table", "ul", "ol", "section", "article", "dt", "dd", "hr")
).union(_HEADS)
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))


@dataclass(frozen=True)
class Document:
    """A notice as text; `original` is the file itself, b"" where that was this plain text."""

    text: str
    original: bytes = b""


def read_document(path: Path) -> Document:
    """The text of a notice: .txt, .eml, .html or .docx.

    Cells of tables are parted by tabs, attachments of a mail are named and not read. Raises
    BadInput for a file that is missing, empty, too large, of another kind or damaged; a table of
    notices (.csv, .xlsx) is loaded with `workbench load`.
    """
    kind = path.suffix.casefold()
    if kind in (".csv", ".xlsx", ".xls"):
        do = "Load it with `workbench load FILE --case DIR`"
        raise BadInput("This is a table, not the text of a notice", str(path), do)
    if kind not in KINDS:
        do = f"Give {', '.join(KINDS)}, or paste its text"
        raise BadInput("A notice of this kind cannot be read", str(path), do)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if 0 < size <= MAX_BYTES else b""
    except OSError as error:
        raise BadInput(f"The notice cannot be read: {error.strerror}", str(path)) from None
    if not content:
        what = f"The notice has {size:,} bytes; 1 to {MAX_BYTES:,} are read"
        raise BadInput(what, str(path), "Give the notice itself")
    if kind == ".docx":
        return Document(_of_word(path), content)
    if kind == ".eml":
        return Document(_of_mail(content), content)
    text = decoded(content)
    if kind in (".html", ".htm"):
        return Document(_of_page(text), content)
    return Document(text) if text.encode() == content else Document(text, content)


def decoded(content: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16 by their mark, strict UTF-8, else GB 18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _of_mail(content: bytes) -> str:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - the policy makes it one
    lines = [f"{name}: {mail[name]}" for name in _HEADERS if mail[name]]
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is not None:
        held = body.get_payload(decode=True)
        text = _charset(held, body.get_content_charset()) if isinstance(held, bytes) else ""
        lines += ["", _of_page(text) if body.get_content_subtype() == "html" else text]
    named = [part.get_filename() for part in mail.iter_attachments()]
    lines += [f"[attachment: {name}]" for name in named if name]
    return "\n".join(lines)


def _charset(content: bytes, charset: str | None) -> str:
    """The body in the charset it names; platforms often say gb2312 and write GB 18030."""
    name = (charset or "").casefold()
    if name in ("gb2312", "gbk", "gb18030"):
        return content.decode("gb18030", "replace")
    try:
        return content.decode(name) if name and name != "us-ascii" else decoded(content)
    except (LookupError, UnicodeDecodeError):
        return decoded(content)


def _of_word(path: Path) -> str:
    check_zip(path, "Word document")
    try:
        document = docx.Document(str(path))
        lines = []
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                lines += ["\t".join(cell.text.strip() for cell in row.cells) for row in part.rows]
            else:
                lines.append(part.text)
    except (OpcError, KeyError, ValueError, SyntaxError) as error:
        raise BadInput(
            f"The Word document cannot be read: {type(error).__name__}",
            str(path),
            "Open it, save it again as .docx, or paste its text",
        ) from None
    return "\n".join(lines)


def _of_page(html: str) -> str:
    page = _Page()
    page.feed(html)
    page.close()
    lines = (" ".join(line.split(" ")).strip(" ") for line in "".join(page.parts).split("\n"))
    return "\n".join(line for line in lines if line.strip())


class _Page(HTMLParser):
    """The text of a page as it is seen: blocks on lines of their own, cells parted by tabs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block starts a line; a cell starts after a tab."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """What is seen; blanks and line ends of the source are one blank."""
        if not self._unseen:
            words = " ".join(data.split())
            edge = " " if words and data[:1].isspace() else ""
            tail = " " if words and data[-1:].isspace() else ""
            self.parts.append(edge + words + tail)
