"""A Word file as LibreOffice should have it, so that its PDF is tagged as the Word file is.

What LibreOffice tags otherwise (measured with 7.4) is changed in a copy that nobody sees; text and look stay.
"""

from copy import deepcopy

from svreport.word.archive import Archive
from svreport.word.drawn_watermark import drawn_watermark
from svreport.word.markup import Element, ancestor, find, make, name, put, value
from svreport.word.opening import read_word
from svreport.word.stamping import watermarks
from svreport.word.styles import TABLE_HEADING, Styles

# A paragraph is tagged with its style's name, which must not be one of PDF's own with another meaning: a Figure
# without alt text, say. Word's Caption and Quote mean there what they mean in Word.
_TAGS_OF_PDF = frozenset(
    "annot art artifact bibentry blockquote code div document figure form formula h h1 h2 h3 h4 h5 h6 index l lbl "
    "lbody li link nonstruct note p part private rb reference rp rt ruby sect span table tbody td tfoot th thead toc "
    "toci tr warichu wp wt".split()
)
_PLAIN_LINK = "svreportPlainLink"
_ROW_HEADING = "svreportRowHeading"


def printable(data: bytes) -> bytes:
    """The copy of a Word file that a PDF is made from. Raises `FormUnreadable` for what is no Word file."""
    archive = read_word(data, "the Word file")
    styles = Styles(archive)
    _rename_styles(styles)
    _leave_headings_to_heading_rows(archive, styles)
    _style_links(archive, styles)
    for number, mark in enumerate(watermarks(archive), 1):
        parent = mark.getparent()
        if parent is not None:
            parent.replace(mark, drawn_watermark(number))
    return archive.to_bytes()


def _rename_styles(styles: Styles) -> None:
    for called in styles.root.iter(name("w:name")):
        told = called.get(name("w:val"), "")
        if told.casefold() in _TAGS_OF_PDF:
            called.set(name("w:val"), f"{told} text")


def _leave_headings_to_heading_rows(archive: Archive, styles: Styles) -> None:
    """A cell in the style of headings is tagged as the heading of a column, which only those of heading rows are."""
    heading = styles.find(TABLE_HEADING)
    style = styles.style(heading)
    if style is None:
        return
    plain = deepcopy(style)
    plain.set(name("w:styleId"), _ROW_HEADING)
    for called in plain.iter(name("w:name")):
        called.set(name("w:val"), "Row Heading")
    used = False
    for paragraph in archive.body.iter(name("w:p")):
        row = ancestor(paragraph, "w:tr")
        chosen = find(paragraph, "w:pPr/w:pStyle")
        if row is None or chosen is None or chosen.get(name("w:val")) != heading:
            continue
        if find(row, "w:trPr/w:tblHeader") is None:
            chosen.set(name("w:val"), _ROW_HEADING)
            used = True
    if used:
        styles.add(plain)


def _style_links(archive: Archive, styles: Styles) -> None:
    """A link inside the document whose words have no style of their own leads nowhere: it gets one without a look."""
    used = False
    for link in archive.body.iter(name("w:hyperlink")):
        for run in link.iter(name("w:r")):
            if value(run, "w:rPr/w:rStyle") is None:
                put(_properties(run), "w:rStyle", {"w:val": _PLAIN_LINK})
                used = True
    if used:
        style = make("w:style", {"w:type": "character", "w:customStyle": "1", "w:styleId": _PLAIN_LINK})
        style.append(make("w:name", {"w:val": "Plain Link"}))
        styles.add(style)


def _properties(run: Element) -> Element:
    found = find(run, "w:rPr")
    if found is None:
        found = make("w:rPr")
        run.insert(0, found)
    return found
