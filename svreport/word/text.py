"""A Word file as text that two people can compare: what stands where, in which style and on which colour."""

from collections.abc import Iterator

from svreport.word.archive import Archive
from svreport.word.markers import Markers
from svreport.word.markup import NAMESPACES, Element, find, find_all, is_on, local, name, own, value
from svreport.word.opening import read_word
from svreport.word.styles import Styles

_EMU_PER_MM = 36_000
_TWIPS_PER_MM = 1440 / 25.4
_PLAIN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}
_PLAINLY = ("", "")
_DRAWING = f"{{{NAMESPACES['wp']}}}"


def text_of(data: bytes) -> str:
    """The file's headers, body, notes and footers: each paragraph on a line with its style, list marker and colour."""
    archive = read_word(data, "the document")
    told = _Told(archive)
    lines: list[str] = []
    for kind, part in archive.stories():
        root = archive.tree(part)
        shown = archive.body if kind == "document" else root
        lines.append(f"=== {kind} {told.numbers.get(part, '')}".rstrip() + " ===")
        lines += told.lines(shown, part, "")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def plain_text(data: bytes) -> list[str]:
    """The text of each paragraph of the body that holds any, in reading order, without list markers."""
    archive = read_word(data, "the document")
    paragraphs = (paragraph_text(each) for each in archive.body.iter(name("w:p")))
    return [text for text in paragraphs if text.strip()]


def paragraph_text(paragraph: Element) -> str:
    """The text of one paragraph as its reader has it, with line breaks and tabs, without what was deleted."""
    return "".join(
        _text(each) for each in own(paragraph, "w:t", *(f"w:{tag}" for tag in _PLAIN)) if _is_text(each)
    )


def _is_text(element: Element) -> bool:
    parent = element.getparent()  # a tab may be a stop in the paragraph's properties too
    return parent is not None and local(parent) == "r"


def _text(element: Element) -> str:
    return element.text or "" if local(element) == "t" else _PLAIN.get(local(element), "")


class _Told:
    """Tells the elements of one file."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._styles = Styles(archive)
        self._markers = Markers(archive, self._styles)
        self.numbers: dict[str, str] = {}
        for kind in ("header", "footer"):
            parts = [part for told, part in archive.stories() if told == kind]
            self.numbers.update({part: str(at) for at, part in enumerate(parts, 1) if len(parts) > 1})

    def lines(self, holder: Element, part: str, margin: str) -> Iterator[str]:
        for element in holder:
            match local(element):
                case "p":
                    yield from self._paragraph(element, part, margin)
                case "tbl":
                    yield from self._table(element, part, margin)
                case "sdt":
                    content = find(element, "w:sdtContent")
                    if content is not None:
                        yield from self.lines(content, part, margin)
                case "sectPr":
                    yield margin + self._section(element)

    def _paragraph(self, paragraph: Element, part: str, margin: str) -> Iterator[str]:
        number = value(paragraph, "w:pPr/w:pStyle")
        style = self._styles.name_of(number or self._styles.default())
        marker = self._markers.of(paragraph)
        about = [style]
        fill = value(paragraph, "w:pPr/w:shd", "w:fill")
        if fill not in (None, "auto"):
            about.append(f"on #{fill}")
        if is_on(find(paragraph, "w:pPr"), "w:keepNext"):
            about.append("kept with next")
        side = value(paragraph, "w:pPr/w:jc")
        if side is not None:
            about.append(side)
        shown = "" if marker is None else "  " * marker[0] + marker[1] + " "
        text = self._runs(paragraph, part).replace("\n", "⏎").replace("\t", "⇥")
        yield f"{margin}[{', '.join(about)}] {shown}{text}".rstrip()
        section = find(paragraph, "w:pPr/w:sectPr")
        if section is not None:
            yield margin + self._section(section)

    def _runs(self, holder: Element, part: str) -> str:
        """The words with their emphasis as Markdown writes it; neighbouring runs of one look are one."""
        pieces: list[tuple[tuple[str, str], str]] = []
        for element in holder:
            match local(element):
                case "r":
                    look, text = self._run(element)
                    if pieces and pieces[-1][0] == look:
                        pieces[-1] = (look, pieces[-1][1] + text)
                    elif text:
                        pieces.append((look, text))
                case "hyperlink":
                    pieces.append((_PLAINLY, f"[{self._runs(element, part)}]({self._target(element, part)})"))
                case "fldSimple":
                    pieces.append((_PLAINLY, f"{{{element.get(name('w:instr'), '').strip()}}}"))
                case "ins" | "smartTag" | "sdtContent" | "sdt":
                    pieces.append((_PLAINLY, self._runs(element, part)))
        return "".join(_emphasised(look, text) for look, text in pieces)

    def _target(self, link: Element, part: str) -> str:
        told = self._archive.relationship(part, link.get(name("r:id"), ""))
        return f"#{link.get(name('w:anchor'))}" if told is None else told.target

    def _run(self, run: Element) -> tuple[tuple[str, str], str]:
        properties = find(run, "w:rPr")
        stars = ("**" if is_on(properties, "w:b") else "") + ("*" if is_on(properties, "w:i") else "")
        colour, light = value(properties, "w:color"), value(properties, "w:highlight")
        style = self._styles.name_of(value(properties, "w:rStyle"))
        told = [style] if style not in ("", "Hyperlink") else []
        told += [f"#{colour}"] if colour not in (None, "auto") else []
        told += [f"on {light}"] if light is not None else []
        text = ""
        for child in run:
            if local(child) == "drawing":
                text += _picture(child)
            elif local(child) == "instrText":
                text += f"{{{(child.text or '').strip()}}}"
            elif local(child) == "t" or local(child) in _PLAIN:
                text += _text(child)
        return (stars, " ".join(told)), text

    def _table(self, table: Element, part: str, margin: str) -> Iterator[str]:
        style = self._styles.name_of(value(table, "w:tblPr/w:tblStyle"))
        widths = ", ".join(_mm(each, "w:w") for each in find_all(table, "w:tblGrid/w:gridCol"))
        yield f"{margin}table ({style or 'no style'}; columns of {widths} mm)"
        for number, row in enumerate(find_all(table, "w:tr"), 1):
            told = f"{margin}  row {number}"
            told += " (heading)" if is_on(find(row, "w:trPr"), "w:tblHeader") else ""
            told += ", not broken over pages" if is_on(find(row, "w:trPr"), "w:cantSplit") else ""
            cells = find_all(row, "w:tc")
            inside = [list(self.lines(cell, part, "")) for cell in cells]
            if all(len(lines) == 1 for lines in inside) and len(cells) > 1:
                yield told + _on_one_line(cells, [lines[0] for lines in inside])
                continue
            yield told
            for cell, lines in zip(cells, inside, strict=True):
                yield f"{margin}    cell{_cell(cell)}"
                yield from (f"{margin}      {line}" for line in lines)

    def _section(self, section: Element) -> str:
        size = find(section, "w:pgSz")
        measures = "?" if size is None else " × ".join(_mm(size, side) for side in ("w:w", "w:h"))
        margins = []
        for what in ("header", "footer"):
            for each in find_all(section, f"w:{what}Reference"):
                told = self._archive.relationship(self._archive.main, each.get(name("r:id"), ""))
                part = "" if told is None else self.numbers.get(told.target, "")
                margins.append(f"{each.get(name('w:type'))} {what} {part}".rstrip())
        return f"--- section of {measures} mm; {', '.join(margins) or 'no header'} ---"


def _emphasised(look: tuple[str, str], text: str) -> str:
    stars, colours = look
    return f"{stars}{text}{stars}" + (f"{{{colours}}}" if colours else "")


def _on_one_line(cells: list[Element], lines: list[str]) -> str:
    """A row whose cells hold a paragraph each: what they are, said once, and their words."""
    pieces = [line.partition("] ") for line in lines]
    about = dict.fromkeys(
        f"{piece[0].rstrip(']')}]{_cell(cell)}" for cell, piece in zip(cells, pieces, strict=True)
    )
    return f": {' '.join(about)} | " + " | ".join(piece[2] for piece in pieces)


def _mm(element: Element, attribute: str) -> str:
    """A measure in twips as whole millimetres."""
    return str(round(float(element.get(name(attribute), "0")) / _TWIPS_PER_MM))


def _cell(cell: Element) -> str:
    fill = value(cell, "w:tcPr/w:shd", "w:fill")
    span = value(cell, "w:tcPr/w:gridSpan")
    merged = find(cell, "w:tcPr/w:vMerge") is not None
    told = [f"on #{fill}"] if fill not in (None, "auto") else []
    told += [f"over {span} columns"] if span not in (None, "1") else []
    told += ["merged with another row"] if merged else []
    return f" ({', '.join(told)})" if told else ""


def _picture(drawing: Element) -> str:
    about, extent = (
        next(drawing.iter(f"{_DRAWING}docPr"), None),
        next(drawing.iter(f"{_DRAWING}extent"), None),
    )
    alt_text = "" if about is None else about.get("descr", "")
    if extent is None:
        return f"{{picture: {alt_text}}}"
    size = " × ".join(str(round(int(extent.get(side, "0")) / _EMU_PER_MM)) for side in ("cx", "cy"))
    return f"{{picture of {size} mm: {alt_text}}}"
