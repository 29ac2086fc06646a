"""Word forms written as text (`forms/*.form`), made into Word files with all that people do in them.

A line `=== name.docx` begins a file, `header: …` is what its pages are headed, `# …` a heading, `|| … | …` a row of
a table, every other line a paragraph, and a blank line ends a table; `⏎` parts the paragraphs of a cell. In braces:

    {fill=00B050}  {span=2}  {merge}  {^}          of a cell: its colour, its columns, merged down, going on from above
    {shade=00B050}  {bullet}  {number}  {right}    of a paragraph
    {b|…}  {i|…}  {light=green|…}  {hidden|…}      of words; {link=address|…}
    {ins=Ann|…}  {del=Ben|…}                       tracked changes; {joined=Ann} at a paragraph's end
    {control|…}  {box|…}  {table|a;b//c;d}         a content control, a text box, a table inside the cell
    {picture|description}  {comment=Ann|…}
    {row=ins}  {row=del}  {row=control}            of a row
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.oxml import parse_xml

from tests.word.samples import png

FORMS = Path(__file__).parent / "forms"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TAG = re.compile(r"\{([a-z^]+)(?:=([^|}]*))?(?:\|([^{}]*))?\}")
_BY = 'w:id="7" w:author={} w:date="2024-11-01T09:00:00Z"'


@dataclass
class Written:
    """A `.form` file: what it is about, its Word files by name, and words that the list of unread things must hold."""

    about: str
    expected: str
    files: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def written(name: str) -> Written:
    """The form of that name, as text."""
    lines = (FORMS / f"{name}.form").read_text(encoding="utf-8").splitlines()
    form = Written(lines[0], "")
    for line in lines[1:]:
        if line.startswith("=== "):
            form.files[line[4:].strip()] = []
        elif form.files:
            form.files[next(reversed(form.files))].append(line)
        elif line.startswith("expected: "):
            form.expected = line.removeprefix("expected: ")
        elif line.startswith("! "):
            form.notes.append(line[2:])
    return form


def made(name: str, folder: Path) -> list[Path]:
    """The Word files of a form, in their order."""
    paths = []
    for file, lines in written(name).files.items():
        paths.append(folder / file)
        _document(lines).save(str(paths[-1]))
    return paths


def _document(lines: list[str]) -> Document:
    document = docx.Document()
    body = document.element.body
    end = body[-1]
    table: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("||"):
            table.append(_row(line[2:], document))
            continue
        if table:
            end.addprevious(_parsed(f"<w:tbl {_NAMESPACES}><w:tblPr/><w:tblGrid/>{''.join(table)}</w:tbl>"))
            table = []
        if line.startswith("header: "):
            document.sections[0].header.paragraphs[0].text = line.removeprefix("header: ")
        elif line.startswith("# "):
            document.add_heading(line[2:], 2)
        elif line.strip():
            for xml in _paragraph(line, document):
                end.addprevious(_parsed(xml))
    return document


def _parsed(xml: str):  # type: ignore[no-untyped-def]
    return parse_xml(
        re.sub(r"^<(w:\w+)(?! xmlns)", rf"<\1 {_NAMESPACES}", xml) if "xmlns:w=" not in xml[:200] else xml
    )


def _row(text: str, document: Document) -> str:
    kind = re.search(r"\{row=(\w+)\}", text)
    text = re.sub(r"\{row=\w+\}", "", text)
    cells = "".join(_cell(cell.strip(), document) for cell in re.split(r"(?:^| )\|(?: |$)", text.strip()))
    what = kind[1] if kind else ""
    marks = f"<w:trPr><w:{what} {_BY.format(quoteattr('Ann'))}/></w:trPr>" if what in ("ins", "del") else ""
    row = f"<w:tr>{marks}{cells}</w:tr>"
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{row}</w:sdtContent></w:sdt>" if what == "control" else row


def _cell(text: str, document: Document) -> str:
    properties = ""
    for tag, value in re.findall(r"\{(span|merge|\^|fill)(?:=(\w+))?\}", text):
        properties += {
            "span": f'<w:gridSpan w:val="{value}"/>',
            "merge": '<w:vMerge w:val="restart"/>',
            "^": "<w:vMerge/>",
            "fill": f'<w:shd w:val="clear" w:color="auto" w:fill="{value}"/>',
        }[tag]
    text = re.sub(r"\{(span|merge|\^|fill)(=\w+)?\}", "", text)
    held = "".join(xml for line in text.split("⏎") for xml in _paragraph(line.strip(), document))
    closing = "<w:p/>" if held.endswith("</w:tbl>") or not held else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{held}{closing}</w:tc>"


def _paragraph(text: str, document: Document) -> Iterator[str]:
    """The XML of a paragraph; of a table that stands in its place."""
    table = re.fullmatch(r"\{table\|([^{}]*)\}", text)
    if table:
        rows = (
            f"<w:tr>{''.join(_cell(cell, document) for cell in row.split(';'))}</w:tr>"
            for row in table[1].split("//")
        )
        yield f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
        return
    style, shade, runs, mark = "", "", "", ""
    at = 0
    for tag in _TAG.finditer(text):
        runs += _run(text[at : tag.start()])
        at = tag.end()
        kind, value, words = tag[1], tag[2] or "", tag[3] or ""
        if kind in ("bullet", "number"):
            style = f'<w:pStyle w:val="List{kind.capitalize()}"/>'
        elif kind == "shade":
            shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{value}"/>'
        elif kind == "joined":
            mark = f"<w:rPr><w:del {_BY.format(quoteattr(value))}/></w:rPr>"
        else:
            runs += _inline(kind, value, words, document)
    runs += _run(text[at:])
    yield f"<w:p><w:pPr>{style}{shade}{mark}</w:pPr>{runs}</w:p>"


def _inline(kind: str, value: str, words: str, document: Document) -> str:
    by = _BY.format(quoteattr(value or "Ann"))
    match kind:
        case "b" | "i":
            return _run(words, f"<w:{kind}/>")
        case "light":
            return _run(words, f'<w:highlight w:val="{value}"/>')
        case "hidden":
            return _run(words, "<w:vanish/>")
        case "ins":
            return f"<w:ins {by}>{_run(words)}</w:ins>"
        case "del":
            return f"<w:del {by}>{_run(words).replace('w:t', 'w:delText')}</w:del>"
        case "control":
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{_run(words)}</w:sdtContent></w:sdt>"
        case "box":
            inside = f"<w:txbxContent><w:p>{_run(words)}</w:p></w:txbxContent>"
            shape = f'<mc:Choice Requires="wps"><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></mc:Choice>'
            old = f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
            return f"<w:r><mc:AlternateContent>{shape}{old}</mc:AlternateContent></w:r>"
        case "link":
            number = document.part.relate_to(value, f"{_RELATED}/hyperlink", is_external=True)
            return f'<w:hyperlink r:id="{number}">{_run(words)}</w:hyperlink>'
        case "picture":
            return _picture(words, document)
        case "comment":
            paragraph = document.add_paragraph()
            document.add_comment(paragraph.add_run(""), words, author=value)
            document.element.body.remove(paragraph._p)
            return ""
    raise ValueError(f"{kind} is no tag of a form")


_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _picture(described: str, document: Document) -> str:
    from lxml import etree

    paragraph = document.add_paragraph()
    shape = paragraph.add_run().add_picture(BytesIO(png(40, 20)))
    shape._inline.docPr.set("descr", described)
    run = paragraph.runs[0]._r
    xml = etree.tostring(run, encoding="unicode")
    document.element.body.remove(paragraph._p)
    return xml


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
