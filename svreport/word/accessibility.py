"""What would keep a person from reading a finished Word file: the checks of the project's accessibility page."""

import re
from collections.abc import Iterator

from svreport.model.level import contrast
from svreport.word.archive import CORE, Archive
from svreport.word.markers import Markers
from svreport.word.markup import Element, ancestor, find, find_all, is_on, local, name, own, value
from svreport.word.opening import read_word
from svreport.word.paragraphs import is_empty
from svreport.word.styles import Styles, is_sans_serif
from svreport.word.text import paragraph_text

_LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text that is not large
_LEAST_SIZE = 11  # points
_PLACELESS = re.compile(
    r"(click|read|see)?\s*(here|more|this|link|this link|more information)\.?|https?://\S+", re.IGNORECASE
)
_TYPED_MARKER = re.compile(r"([•▪◦‣∙●○·]|[-–—*]\s|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_STILL_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK")
_HIGHLIGHTS = {"yellow": "#FFFF00", "green": "#00FF00", "cyan": "#00FFFF", "magenta": "#FF00FF", "red": "#FF0000",
    "blue": "#0000FF", "black": "#000000", "white": "#FFFFFF", "lightGray": "#C0C0C0", "darkGray": "#808080",
    "darkYellow": "#808000", "darkGreen": "#008000", "darkBlue": "#000080", "darkRed": "#800000",
    "darkCyan": "#008080", "darkMagenta": "#800080"}  # fmt: skip


def faults(data: bytes) -> list[str]:
    """Every fault of a finished file, each in a sentence that says where; an empty list when there is none."""
    archive = read_word(data, "the document")
    return list(_Checked(archive).faults())


class _Checked:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._styles = Styles(archive)
        self._markers = Markers(archive, self._styles)

    def faults(self) -> Iterator[str]:
        yield from self._properties()
        yield from self._headings()
        for kind, part in self._archive.stories():
            root = self._archive.tree(part)
            where = "" if kind == "document" else f"{kind}: "
            for table in root.iter(name("w:tbl")):
                yield from (where + fault for fault in _table_faults(table))
            for drawing in root.iter(name("wp:docPr")):
                if not (drawing.get("descr") or "").strip():
                    yield f"{where}picture {drawing.get('id')} has no alt text"
            for cell in root.iter(name("w:tc")):
                if not len(cell) or local(cell[-1]) != "p":
                    yield f"{where}a table cell does not end with a paragraph: “{_cut(_words(cell))}”"
            fields = [told or "" for told in _fields(root)]
            for field in fields:
                if (field.split() or [""])[0].upper() not in _STILL_FIELDS:
                    yield f"{where}a field asks to be updated: {field.strip()}"
            for paragraph in root.iter(name("w:p")):
                yield from (
                    where + fault for fault in self._paragraph_faults(paragraph, in_body=kind == "document")
                )

    def _properties(self) -> Iterator[str]:
        core = self._archive.related("", CORE)
        told = (
            {local(each): (each.text or "").strip() for each in self._archive.tree(core[0])} if core else {}
        )
        if not told.get("title"):
            yield "the file has no title among its properties"
        if told.get("language") != "en-GB":
            yield "the file's properties do not say that it is in British English (en-GB)"
        if value(self._styles.root, "w:docDefaults/w:rPrDefault/w:rPr/w:lang") != "en-GB":
            yield "the styles do not say that the text is in British English (en-GB)"
        settings = self._archive.part_of("settings")
        if settings is not None and is_on(self._archive.tree(settings), "w:updateFields"):
            yield "the file asks to have its fields updated when it is opened"

    def _headings(self) -> Iterator[str]:
        last = 0
        found = False
        for paragraph in self._archive.body.iter(name("w:p")):
            level = self._styles.heading_level(value(paragraph, "w:pPr/w:pStyle"))
            if level is None or not paragraph_text(paragraph).strip():
                continue
            found = True
            if level > last + 1:
                yield f"a heading of level {level} follows one of level {last}: “{_cut(paragraph_text(paragraph))}”"
            last = level
        if not found:
            yield "the document has no heading"

    def _paragraph_faults(self, paragraph: Element, *, in_body: bool) -> Iterator[str]:
        text = paragraph_text(paragraph)
        if not text.strip():
            if is_empty(paragraph) and in_body and not self._may_be_empty(paragraph):
                yield f"an empty paragraph stands as spacing after “{_cut(_before(paragraph))}”"
            return
        typed = in_body and self._markers.of(paragraph) is None and _TYPED_MARKER.match(text)
        if typed and _TYPED_MARKER.match(_before(paragraph)):
            yield f"a list is typed instead of made with Word's lists: “{_cut(text)}”"
        for link in own(paragraph, "w:hyperlink"):
            if _PLACELESS.fullmatch(_words(link).strip() or "here"):
                yield f"a link does not say where it leads: “{_cut(_words(link))}”"
        yield from self._look_faults(paragraph, text)

    def _may_be_empty(self, paragraph: Element) -> bool:
        """True where Word wants a paragraph: behind a table, alone in a cell, beside a list's marker."""
        before, after = paragraph.getprevious(), paragraph.getnext()
        if before is not None and local(before) == "tbl":
            return True
        alone = after is None and (before is None or local(before) == "tcPr")
        return alone or self._markers.of(paragraph) is not None

    def _look_faults(self, paragraph: Element, text: str) -> Iterator[str]:
        style = value(paragraph, "w:pPr/w:pStyle")
        behind = self._fill_behind(paragraph, style)
        told: set[str] = set()
        for run in own(paragraph, "w:r"):
            words = "".join(each.text or "" for each in find_all(run, "w:t"))
            if not words.strip():
                continue
            properties = find(run, "w:rPr")
            look = self._styles.look(style, properties)
            if look.size < _LEAST_SIZE:
                told.add(f"text of {look.size:g} pt, below {_LEAST_SIZE} pt: “{_cut(text)}”")
            if look.font is None or not is_sans_serif(look.font):
                told.add(f"text in {look.font or 'no named font'}, which is not sans-serif: “{_cut(text)}”")
            fill = (
                _HIGHLIGHTS.get(value(properties, "w:highlight") or "")
                or _hash(look.fill)
                or behind
                or "#FFFFFF"
            )
            colour = _hash(look.colour) or _automatic(fill)
            ratio = contrast(fill, colour)
            if ratio < _LEAST_CONTRAST:
                told.add(
                    f"text in {colour} on {fill} has a contrast of {ratio:.1f}, below 4.5: “{_cut(words)}”"
                )
        yield from sorted(told)

    def _fill_behind(self, paragraph: Element, style: str | None) -> str | None:
        """The colour of the paragraph, or else of its cell, or else of the row that its table's style shades."""
        layers = [find(paragraph, "w:pPr"), *(find(each, "w:pPr") for each in self._styles.chain(style))]
        for layer in layers:
            fill = value(layer, "w:shd", "w:fill")
            if fill not in (None, "auto"):
                return _hash(fill)
        cell = ancestor(paragraph, "w:tc")
        if cell is None:
            return None
        fill = value(cell, "w:tcPr/w:shd", "w:fill")
        if fill not in (None, "auto"):
            return _hash(fill)
        return self._styled_fill(cell)

    def _styled_fill(self, cell: Element) -> str | None:
        row, table = cell.getparent(), ancestor(cell, "w:tbl")
        if row is None or table is None or find(table, "w:tr") is not row:
            return None
        for style in self._styles.chain(value(table, "w:tblPr/w:tblStyle")):
            for each in find_all(style, "w:tblStylePr"):
                fill = value(each, "w:tcPr/w:shd", "w:fill")
                if each.get(name("w:type")) == "firstRow" and fill not in (None, "auto"):
                    return _hash(fill)
        return None


def _table_faults(table: Element) -> Iterator[str]:
    rows = find_all(table, "w:tr")
    words = _cut(_words(rows[0]) if rows else "")
    if len(rows) > 1 and not is_on(find(rows[0], "w:trPr"), "w:tblHeader"):
        yield f"a table's first row is not marked as its heading: “{words}”"
    if any(find(cell, "w:tcPr/w:vMerge") is not None for row in rows for cell in find_all(row, "w:tc")):
        yield f"a table has vertically merged cells: “{words}”"


def _fields(root: Element) -> Iterator[str | None]:
    for each in root.iter(name("w:fldSimple")):
        yield each.get(name("w:instr"))
    instruction: list[str] = []
    for each in root.iter(name("w:fldChar"), name("w:instrText")):
        if local(each) == "instrText":
            instruction.append(each.text or "")
        elif instruction:
            yield "".join(instruction)
            instruction = []


def _words(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(name("w:t")))


def _before(paragraph: Element) -> str:
    before = paragraph.getprevious()
    return "" if before is None else paragraph_text(before) if local(before) == "p" else _words(before)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def _hash(colour: str | None) -> str | None:
    return f"#{colour}" if colour is not None and re.fullmatch("[0-9A-Fa-f]{6}", colour) else None


def _automatic(fill: str) -> str:
    """The colour that Word gives text without one: white on a dark ground, else black."""
    return "#FFFFFF" if contrast(fill, "#000000") < 3 else "#000000"
