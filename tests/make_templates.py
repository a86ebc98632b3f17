"""Make the Word templates of the letter and of the forms anew: python tests/make_templates.py.

Not a test. The templates are edited here and not in Word, so that a change can be read.
"""

import re
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FOLDER = Path(__file__).resolve().parents[1] / "workbench" / "appeal" / "templates"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WIDTH = 16.8
INK, QUIET, ACCENT = (
    RGBColor(0x1F, 0x2A, 0x36),
    RGBColor(0x55, 0x62, 0x6F),
    RGBColor(0x1B, 0x4F, 0x8A),
)
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
SERIF, SANS = ("Times New Roman", "宋体"), ("Arial", "黑体")


def element(xml):
    return parse_xml(
        xml.replace(" ", f" {NS} ", 1) if " " in xml else xml.replace("/>", f" {NS}/>")
    )


class Paper:
    """A document in the making."""

    def __init__(self):
        self.document = Document()
        self.styles = self.document.styles
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.1)
        section.top_margin, section.bottom_margin = Cm(2.1), Cm(2.0)
        self.make_styles()
        self.make_footer(section)

    def make_styles(self):
        defaults = self.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
        look = defaults.find(qn("w:rPr"))
        for child in list(look):
            look.remove(child)
        latin, east = SERIF
        for xml in (
            f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{east}"/>',
            '<w:sz w:val="21"/>',
            '<w:szCs w:val="21"/>',
            '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>',
        ):
            look.append(element(xml))
        normal = self.look("Normal", SERIF, 10.5, after=4, line=1.25, colour=INK)
        title = self.look("Title", SANS, 20, bold=True, after=12, colour=INK)
        title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        border = title.element.pPr.find(qn("w:pBdr"))
        if border is not None:
            title.element.pPr.remove(border)
        for name, size, before in (("Heading 1", 13, 16), ("Heading 2", 11, 12)):
            colour = ACCENT if name == "Heading 1" else INK
            style = self.look(name, SANS, size, bold=True, before=before, after=5, colour=colour)
            style.paragraph_format.keep_with_next = True
        for name, fonts, size, bold, colour in (
            ("Cell", SERIF, 9, False, INK),
            ("Cell Head", SANS, 8.5, True, INK),
            ("Cell Small", SERIF, 8, False, QUIET),
            ("Hash", ("Courier New", "宋体"), 7, False, QUIET),
            ("Banner", SANS, 10, False, RGBColor(0x8A, 0x1A, 0x0D)),
            ("Small", SERIF, 9, False, QUIET),
        ):
            style = self.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            self.look(name, fonts, size, bold=bold, after=1, line=1.12, colour=colour)

    def look(self, name, fonts, size, *, bold=False, before=0, after=0, line=1.15, colour=None):
        style = self.styles[name]
        latin, east = fonts
        look = style.element.get_or_add_rPr()
        named = look.find(qn("w:rFonts"))
        if named is None:
            named = OxmlElement("w:rFonts")
            look.insert(0, named)
        for key in list(named.attrib):
            del named.attrib[key]
        for key, value in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", east)):
            named.set(qn(f"w:{key}"), value)
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, colour
        space = style.paragraph_format
        space.space_before, space.space_after, space.line_spacing = Pt(before), Pt(after), line
        return style

    def make_footer(self, section):
        paragraph = section.footer.paragraphs[0]
        paragraph.style = self.styles["Small"]
        tabs = paragraph.paragraph_format.tab_stops
        tabs.add_tab_stop(Cm(WIDTH), alignment=2)
        paragraph.add_run("{{ footer }}\t")
        for code, after in (("PAGE", " / "), ("NUMPAGES", "")):
            for xml in (
                '<w:r ><w:fldChar w:fldCharType="begin"/></w:r>',
                f'<w:r ><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>',
                '<w:r ><w:fldChar w:fldCharType="separate"/></w:r>',
                "<w:r ><w:t>1</w:t></w:r>",
                '<w:r ><w:fldChar w:fldCharType="end"/></w:r>',
            ):
                paragraph._p.append(element(xml))
            if after:
                paragraph.add_run(after)

    def p(self, text, style=None, parent=None):
        return (parent or self.document).add_paragraph(text, style=style and self.styles[style])

    def lines(self, name):
        self.p(f"{{%p for one in {name} %}}")
        self.p("{{ one }}")
        self.p("{%p endfor %}")

    def small(self, name):
        self.p(f"{{%p if {name} %}}")
        self.p(f"{{{{ {name} }}}}", "Small")
        self.p("{%p endif %}")

    def table(self, widths, *, colour="C9D1DA", size=4, inside=("bottom", "insideH")):
        table = self.document.add_table(rows=0, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        edges = "".join(
            f'<w:{edge} w:val="{"single" if edge in inside else "nil"}" w:sz="{size}" '
            f'w:space="0" w:color="{colour}"/>'
            for edge in EDGES
        )
        cells = "".join(
            f'<w:{edge} w:w="{width}" w:type="dxa"/>'
            for edge, width in (("top", 45), ("left", 85), ("bottom", 45), ("right", 85))
        )
        for xml in (
            f"<w:tblBorders >{edges}</w:tblBorders>",
            '<w:tblLayout w:type="fixed"/>',
            f"<w:tblCellMar >{cells}</w:tblCellMar>",
        ):
            table._tbl.tblPr.append(element(xml))
        scaled = [width * WIDTH / sum(widths) for width in widths]
        for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), scaled, strict=True):
            column.set(qn("w:w"), str(int(width * 567)))
        return table, scaled

    def row(self, table, widths):
        row = table.add_row()
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
        row._tr.get_or_add_trPr().append(element("<w:cantSplit/>"))
        return row

    def fill(self, cell, content, shade=""):
        """Content: a text, (text, style), or a list of them, one paragraph each."""
        for at, one in enumerate(content if isinstance(content, list) else [content]):
            text, style = one if isinstance(one, tuple) else (one, "Cell")
            if at == 0:
                cell.paragraphs[0].style = self.styles[style]
                cell.paragraphs[0].add_run(text)
            else:
                self.p(text, style, cell)
        if shade:
            cell._tc.get_or_add_tcPr().append(
                element(f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>')
            )

    def rows(self, name, columns):
        """A table of the rows of a list; columns: (width, head, content)."""
        table, widths = self.table([width for width, _, _ in columns])
        if columns[0][1]:
            head = self.row(table, widths)
            head._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
            for cell, (_, title, _) in zip(head.cells, columns, strict=True):
                self.fill(cell, (f"{{{{ label.{title} }}}}", "Cell Head"), "EEF2F6")
        self.fill(self.row(table, widths).cells[0], f"{{%tr for row in {name} %}}")
        body = self.row(table, widths)
        for at, (cell, (_, title, content)) in enumerate(zip(body.cells, columns, strict=True)):
            self.fill(cell, content, "" if title or at else "EEF2F6")
        self.fill(self.row(table, widths).cells[0], "{%tr endfor %}")
        self.p("", "Cell Small")

    def maybe(self, name, columns):
        self.p(f"{{%p if {name} %}}")
        self.rows(name, columns)
        self.p("{%p else %}")
        self.p("{{ label.nothing }}")
        self.p("{%p endif %}")

    def banner(self):
        self.p("{%p if lacking %}")
        table, widths = self.table([1], colour="B02010", size=12, inside=EDGES)
        cell = self.row(table, widths).cells[0]
        self.fill(
            cell,
            [
                ("{{ label.draft }}", "Banner"),
                ("{%p for one in lacking %}", "Banner"),
                ("– {{ one }}", "Banner"),
                ("{%p endfor %}", "Banner"),
            ],
            "FDF1EF",
        )
        cell.paragraphs[0].runs[0].bold = True
        self.p("", "Cell")
        self.p("{%p endif %}")

    def facts(self):
        self.rows(
            "header", [(4, "", ("{{ row.name }}", "Cell Head")), (12.6, "", "{{ row.value }}")]
        )

    def provisions(self):
        self.p("{%p if provisions %}")
        self.rows(
            "provisions",
            [
                (4.2, "provision", "{{ row.name }}"),
                (7.4, "says", "{{ row.says }}"),
                (5, "source", ("{{ row.source }}", "Cell Small")),
            ],
        )
        self.p("{%p endif %}")

    def signature(self):
        for name in ("signature", "seal", "date"):
            line = self.p(f"{{{{ label.{name} }}}} ____________________________")
            line.paragraph_format.space_before = Pt(16)
            line.paragraph_format.keep_with_next = name != "date"

    def save(self, out):
        core = self.document.core_properties
        core.author = core.title = core.comments = core.last_modified_by = core.keywords = ""
        core.created = core.modified = datetime(2026, 1, 1)
        core.revision = 1
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder) / "raw.docx"
            self.document.save(written)
            settled(written, out)


def settled(written, out):
    """Copy without the thumbnail and the times, and name the fonts that stand in for 宋体, 黑体."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, family in (
            ("宋体", "Noto Serif CJK SC", "roman"),
            ("黑体", "Noto Sans CJK SC", "swiss"),
        )
    )
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/thumbnail.jpeg":
                continue
            if entry.filename == "word/fontTable.xml":
                content = content.decode().replace("</w:fonts>", fonts + "</w:fonts>").encode()
            if entry.filename == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
            kept = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            kept.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(kept, content)


def letter():
    paper = Paper()
    paper.p("{{ label.title }}", "Title")
    paper.banner()
    paper.facts()
    for name in ("request", "position"):
        paper.p(f"{{{{ label.{name} }}}}", "Heading 1")
        paper.lines(name)
    groups(paper)
    paper.small("groups_cut")
    paper.p("{{ label.orders }}", "Heading 1")
    paper.maybe(
        "orders",
        [
            (3.3, "order", ["{{ row.id }}", ("{{ row.group }}", "Cell Small")]),
            (4.5, "against", "{{ row.against }}"),
            (4.5, "speaks_for", "{{ row.speaks_for }}"),
            (2.4, "evidence", ["{{ row.exhibits }}", ("{{ row.strength }}", "Cell Small")]),
            (1.9, "decision", "{{ row.decision }}"),
        ],
    )
    paper.small("cut")
    paper.small("undecided")
    paper.p("{{ label.timeline }}", "Heading 1")
    paper.maybe(
        "timeline",
        [
            (3.2, "when", "{{ row.when }}"),
            (10.6, "what", "{{ row.what }}"),
            (2.8, "where", ("{{ row.where }}", "Cell Small")),
        ],
    )
    paper.small("timeline_cut")
    paper.p("{{ label.exhibits }}", "Heading 1")
    shows = [("{{ row.name }}", "Cell Head"), "{{ row.shows }}", ("{{ row.sha256 }}", "Hash")]
    paper.maybe(
        "exhibits",
        [
            (1.1, "number", "{{ row.number }}"),
            (7.4, "shows", shows),
            (4.0, "origin", "{{ row.origin }}"),
            (2.4, "belongs", "{{ row.belongs }}"),
            (1.9, "added", "{{ row.added }}"),
        ],
    )
    paper.p("{{ label.concessions }}", "Heading 1")
    paper.maybe(
        "concessions",
        [
            (6.6, "order", [("{{ row.count }}", "Cell Head"), "{{ row.orders }}"]),
            (2.2, "decision", "{{ row.decision }}"),
            (7.8, "reason", "{{ row.reason }}"),
        ],
    )
    paper.p("{{ label.corrective }}", "Heading 2")
    paper.p("{%p if corrective %}")
    paper.rows("corrective", [(12, "what", "{{ row.what }}"), (4.6, "who", "{{ row.who }}")])
    paper.p("{%p else %}")
    paper.p("{{ corrective_none }}")
    paper.p("{%p endif %}")
    paper.p("{{ label.unknown }}", "Heading 1")
    paper.maybe(
        "unknown",
        [
            (2.6, "group", "{{ row.group }}"),
            (6.5, "open", "{{ row.open }}"),
            (7.5, "papers", "{{ row.papers }}"),
        ],
    )
    procedure(paper)
    paper.p("{{ label.undertaking }}", "Heading 1")
    paper.p("{{ label.undertake }}").paragraph_format.keep_with_next = True
    paper.signature()
    appendices(paper)
    paper.save(FOLDER / "letter.docx")


def groups(paper):
    paper.p("{{ label.groups }}", "Heading 1")
    paper.p("{%p if groups %}")
    paper.p("{{ label.reading }}", "Small")
    paper.p("{%p else %}")
    paper.p("{{ label.nothing }}")
    paper.p("{%p endif %}")
    paper.p("{%p for group in groups %}")
    paper.p("{{ group.id }} · {{ group.size }} · {{ group.span }}", "Heading 2")
    paper.p("{%p if group.chart %}")
    paper.p("{{ group.chart }}").paragraph_format.keep_with_next = True
    paper.p("{%p endif %}")
    table, widths = paper.table([3.2, 13.4])
    for label, content in (
        ("sees", "{{ group.sees }}"),
        ("contradicted", bullets("against")),
        ("fits", bullets("speaks_for")),
        ("open", bullets("open")),
        ("evidence", "{{ group.exhibits }}"),
        (
            "decision",
            [
                ("{{ group.decision }}", "Cell Head"),
                "{%p if group.reason %}",
                "{{ group.reason }}",
                "{%p endif %}",
            ],
        ),
    ):
        row = paper.row(table, widths)
        paper.fill(row.cells[0], (f"{{{{ label.{label} }}}}", "Cell Head"), "EEF2F6")
        paper.fill(row.cells[1], content)
    paper.p("", "Cell Small")
    paper.p("{%p endfor %}")


def bullets(name):
    return [
        f"{{%p for one in group.{name} %}}",
        "– {{ one }}",
        "{%p else %}",
        "–",
        "{%p endfor %}",
    ]


def procedure(paper):
    paper.p("{{ label.procedure }}", "Heading 1")
    paper.lines("procedure")
    paper.p("{%p if checks %}")
    paper.rows(
        "checks",
        [
            (1.3, "code", "{{ row.code }}"),
            (9.7, "flaw", "{{ row.told }}"),
            (5.6, "hook", ("{{ row.hook }}", "Cell Small")),
        ],
    )
    paper.p("{%p endif %}")
    paper.p("{%p for one in guard %}")
    paper.p("{{ one }}", "Small")
    paper.p("{%p endfor %}")
    paper.provisions()
    paper.p("{%p if ladder %}")
    paper.p("{{ label.ladder }}", "Heading 2")
    paper.rows(
        "ladder",
        [
            (2.2, "step", "{{ row.step }}"),
            (9.4, "what", "{{ row.told }}"),
            (5, "clock", "{{ row.clock }}"),
        ],
    )
    paper.p("{%p endif %}")
    paper.p("{%p for one in clocks %}")
    paper.p("{{ one }}", "Small")
    paper.p("{%p endfor %}")


def appendices(paper):
    head = paper.p("{{ label.figures }}", "Heading 1")
    head.paragraph_format.page_break_before = True
    paper.p("{{ label.figures_read }}", "Small")
    paper.maybe(
        "figures",
        [
            (1.4, "number", "{{ row.id }}"),
            (4.6, "figure", "{{ row.name }}"),
            (1.8, "value", "{{ row.value }}"),
            (5.0, "how", "{{ row.how }}"),
            (4.0, "rows", ("{{ row.rows }}", "Cell Small")),
        ],
    )
    paper.p("{{ label.sources }}", "Heading 1")
    paper.maybe(
        "sources",
        [
            (1.2, "number", "{{ row.id }}"),
            (9.6, "file", ["{{ row.file }}", ("{{ row.sha256 }}", "Hash")]),
            (2.8, "table", "{{ row.table }}"),
            (3.2, "read", "{{ row.read }}"),
        ],
    )


def form():
    paper = Paper()
    paper.p("{{ label.title }}", "Title")
    paper.banner()
    paper.facts()
    paper.p("{%p for part in parts %}")
    paper.p("{{ part.title }}", "Heading 1")
    paper.p("{%p for one in part.lines %}")
    paper.p("{{ one }}")
    paper.p("{%p endfor %}")
    paper.p("{%p for one in part.points %}")
    paper.p("{{ loop.index }}. {{ one }}")
    paper.p("{%p endfor %}")
    paper.p("{%p endfor %}")
    paper.p("{%p if provisions %}")
    paper.p("{{ label.basis }}", "Heading 1")
    paper.p("{%p endif %}")
    paper.provisions()
    paper.p("{%p for one in guard %}")
    paper.p("{{ one }}", "Small")
    paper.p("{%p endfor %}")
    paper.signature()
    paper.p("{{ annex.title }}", "Heading 1").paragraph_format.page_break_before = True
    paper.p("{%p for one in annex.lines %}")
    paper.p("{{ one }}", "Small")
    paper.p("{%p endfor %}")
    paper.save(FOLDER / "form.docx")


if __name__ == "__main__":
    letter()
    form()
