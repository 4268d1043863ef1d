"""Papers of questions and replies as files for Word."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from crm_core.reports.cells import printable
from crm_core.reports.paper import Paper, Question, Reply

_LATIN, _CHINESE = "Calibri", "Microsoft YaHei"
_QUIET = RGBColor(0x5B, 0x68, 0x73)
_LOCALES = {"zh": "zh-CN", "en": "en-GB"}
_WIDTH = Cm(17.4)
_SHARES = {"who": 13, "said": 26, "note": 22, "evidence": 20}
"""How wide the columns of replies are beside each other."""


def docx(paper: Paper, language: str) -> bytes:
    """The paper as a .docx file. No text of it is a field or markup."""
    document = Document()
    _prepare(document, language)
    document.core_properties.title = printable(paper.title)
    document.core_properties.author = ""
    document.add_heading(printable(paper.title), 0)
    _quiet(document, paper.subtitle, 11)
    _facts(document, paper.facts)
    for part in paper.parts:
        document.add_heading(printable(part.title), 1)
        if part.about:
            _quiet(document, part.about, 10).paragraph_format.keep_with_next = True
        for question in part.questions:
            _question(document, question, paper)
    _footer(document, paper.footer)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _prepare(document: Any, language: str) -> None:
    """A4, and fonts with Chinese letters in every style."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.8)
    for name, size in (("Normal", 10), ("Title", 22), ("Heading 1", 14), ("Heading 2", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size = _LATIN, Pt(size)
        style.font.color.rgb = RGBColor(0x1D, 0x27, 0x30)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), _LATIN)
        fonts.set(qn("w:eastAsia"), _CHINESE)
        style.paragraph_format.space_after = Pt(4)
    spoken = document.styles["Normal"].element.get_or_add_rPr()
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), _LOCALES[language])
    tongue.set(qn("w:eastAsia"), "zh-CN")
    spoken.append(tongue)


def _quiet(where: Any, text: str, size: float) -> Any:
    paragraph = where.add_paragraph()
    run = paragraph.add_run(printable(text))
    run.font.size, run.font.color.rgb = Pt(size), _QUIET
    return paragraph


def _facts(document: Any, facts: Sequence[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for label, text in facts:
        cells = table.add_row().cells
        _fill(cells[0], label, Cm(4), quiet=True)
        _fill(cells[1], text, _WIDTH - Cm(4))


def _question(document: Any, question: Question, paper: Paper) -> None:
    heading = document.add_heading(level=2)
    number = heading.add_run(f"{question.number}  ")
    number.font.color.rgb = _QUIET
    heading.add_run(printable(question.text))
    if question.help:
        _quiet(document, question.help, 9).paragraph_format.keep_with_next = True
    columns = [name for name in _SHARES if any(getattr(one, name) for one in question.replies)]
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    table.autofit = False
    every = sum(_SHARES[name] for name in columns)
    widths = [int(_WIDTH * _SHARES[name] / every) for name in columns]
    if len(columns) > 1 or len(question.replies) > 1:  # one answer alone needs no head above it
        head = table.add_row()
        for cell, name, width in zip(head.cells, columns, widths, strict=True):
            _fill(cell, getattr(paper.heads, name), width, quiet=True)
        _repeat(head)
    for reply in question.replies:
        row = table.add_row()
        _whole(row)
        for cell, name, width in zip(row.cells, columns, widths, strict=True):
            _fill(cell, _said(reply, name), width)


def _said(reply: Reply, name: str) -> str:
    value = getattr(reply, name)
    return value if isinstance(value, str) else "\n".join(value)


def _fill(cell: Any, text: str, width: int, *, quiet: bool = False) -> None:
    cell.width = width
    run = cell.paragraphs[0].add_run(printable(text))
    run.font.size = Pt(9)
    run.font.bold = False
    if quiet:
        run.font.color.rgb = _QUIET


def _repeat(row: Any) -> None:
    """The heads stand again where a table goes on, and never alone at the foot of a page."""
    _whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _whole(row: Any) -> None:
    """A row is not broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _footer(document: Any, text: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Normal"  # that of footers has a tab in the middle
    paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{printable(text)}\t")
    for field in ("PAGE", " / ", "NUMPAGES"):
        run = paragraph.add_run("" if field.isupper() else field)
        if field.isupper():
            run._r.extend(_field(field))
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8), _QUIET


def _field(name: str) -> list[Any]:
    """A number that Word fills in."""
    parts = []
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = name
        parts.append(part)
    return parts
