"""The parts of a workbook's file: its sheets' names, number formats and shared texts, and the walk through its XML."""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from svreport.workbook.number_formats import BUILT_IN, GENERAL, NumberFormat
from svreport.workbook.opening import MOST_CHARACTERS_IN_CELL, Package

MOST_CELLS = 1_000_000
# A character of a text may be written as an escape of seven.
_MOST_COLLECTED = 8 * MOST_CHARACTERS_IN_CELL
_LONGEST_UNBROKEN = 4_000_000
_DEEPEST, _MOST_STYLES, _MOST_SHEETS = 100_000, 200_000, 1_000

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def parse(
    package: Package, part: str, start: Start, end: End, text: Callable[[str], None] | None = None
) -> None:
    """Walks a part's XML; names come as `namespace local`. A document type, which no workbook has, is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise package.damaged(part)

    parser.StartDoctypeDeclHandler = refuse
    depth = 0
    try:
        for chunk in _without_empty_cells(package.chunks(part)):
            depth += _deeper(chunk)
            if depth > _DEEPEST:
                raise package.damaged(part)
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise package.damaged(part) from None


def _deeper(chunk: bytes) -> int:
    """How many elements more than it ends a stretch of XML begins, or nearly; the parser keeps each one in memory."""
    if b"\0" in chunk:
        return 0
    ends = chunk.count(b"</")
    return chunk.count(b"<") - 2 * ends - chunk.count(b"/>") - chunk.count(b"<!") - chunk.count(b"<?")


_EMPTY_CELL = re.compile(rb'<(?:\w{1,9}:)?c r="[A-Z]{1,3}\d{1,7}"[^<>]*/>')


def _without_empty_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML without cells that are only styled, of which a sheet can hold millions; from the first comment or
    literal section on, which no office program writes, everything is left as it is.
    """
    rest = b""
    for chunk in chunks:
        whole = rest + chunk
        end = whole.rfind(b">") + 1
        rest = whole[end:]
        if b"<!" in whole or len(rest) > _LONGEST_UNBROKEN:
            yield whole
            yield from chunks
            return
        yield _EMPTY_CELL.sub(b"", whole[:end])
    yield rest


def local_name(name: str) -> str:
    return name.rpartition(" ")[2]


def whole_number(text: str | None, most: int) -> int | None:
    """A whole number from 0 to `most`, or None."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) if int(text) <= most else None


class Workbook:
    """Names, parts and formats: what the workbook's own part, its relationships and its styles say."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.part = self._main_part()
        self.from_1904 = False
        self._targets = self._relationships(self.part)
        listed: list[tuple[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            local = local_name(name)
            if local == "workbookPr":
                self.from_1904 = attributes.get("date1904", "").casefold() in ("1", "true", "on")
            elif local == "sheet":
                link = next(
                    (value for key, value in attributes.items() if " " in key and local_name(key) == "id"), ""
                )
                listed.append((attributes.get("name", ""), link))
                if len(listed) > _MOST_SHEETS:
                    raise package.too_large()

        if not package.holds(self.part):
            raise package.damaged(self.part)
        parse(package, self.part, start, _ignore)
        self.sheets: list[tuple[str, str]] = []
        for name, link in listed:
            kind, target = self._targets.get(link, ("", ""))
            if kind == "worksheet":
                self.sheets.append((name, target))
        if not self.sheets:
            raise package.damaged(self.part)
        self.formats = self._formats(self.part_of("styles"))

    def part_of(self, kind: str) -> str:
        """The part that the workbook names for that purpose, or an empty name."""
        return next((target for held, target in self._targets.values() if held == kind), "")

    def _main_part(self) -> str:
        for kind, target in self._relationships("").values():
            if kind == "officeDocument" and self._package.holds(target):
                return target
        return "xl/workbook.xml"

    def _relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and part of each relationship, under its id; those that lead outside the file are left out."""
        folder, _, name = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if (
                local_name(tag) == "Relationship"
                and attributes.get("TargetMode", "").casefold() != "external"
            ):
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, resolved(folder, attributes.get("Target", "")))

        links = f"{folder}/_rels/{name}.rels".lstrip("/")
        if self._package.holds(links):
            parse(self._package, links, start, _ignore)
        return found

    def _formats(self, part: str) -> list[NumberFormat]:
        """The number format of each cell style, by its place among them."""
        codes: dict[int, str] = dict(BUILT_IN)
        used: list[int] = []
        inside: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            local = local_name(name)
            number = whole_number(attributes.get("numFmtId"), 10**9)
            if local in ("numFmts", "cellXfs"):
                inside.append(local)
            elif local == "numFmt" and inside[-1:] == ["numFmts"] and number is not None:
                codes[number] = attributes.get("formatCode", "General")
            elif local == "xf" and inside[-1:] == ["cellXfs"]:
                used.append(number or 0)
                if len(used) > _MOST_STYLES:
                    raise self._package.too_large()

        def end(name: str) -> None:
            if inside and local_name(name) == inside[-1]:
                inside.pop()

        if self._package.holds(part):
            parse(self._package, part, start, end)
        known = {number: NumberFormat(code) for number, code in codes.items()}
        return [known.get(number, GENERAL) for number in used]


def _ignore(*_: object) -> None:
    return None


def resolved(folder: str, target: str) -> str:
    """A relationship's target as the name of a part."""
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def shared_strings(package: Package, part: str) -> list[str]:
    """The texts that cells refer to by number, as the file holds them, without phonetic readings; a text far longer
    than a cell can hold is cut.
    """
    strings: list[str] = []
    text = Collected()

    def start(name: str, attributes: dict[str, str]) -> None:
        text.start(local_name(name))

    def end(name: str) -> None:
        local = local_name(name)
        text.end(local)
        if local == "si":
            strings.append(text.take())
            if len(strings) > MOST_CELLS:
                raise package.too_large()

    if part and package.holds(part):
        parse(package, part, start, end, text.add)
    return strings


class Collected:
    """The text of a cell or string as it is parsed: of its runs, but not of its phonetic reading."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._inside = False
        self._phonetic = False

    def start(self, local: str) -> bool:
        """Whether the element that begins holds a value."""
        if local == "rPh":
            self._phonetic = True
        elif local in ("t", "v"):
            self._inside = not self._phonetic
            return True
        return False

    def end(self, local: str) -> None:
        if local == "rPh":
            self._phonetic = False
        elif local in ("t", "v"):
            self._inside = False

    def add(self, data: str) -> None:
        if self._inside and self._size < _MOST_COLLECTED:
            self._pieces.append(data)
            self._size += len(data)

    def take(self) -> str:
        """What was collected, leaving nothing."""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return text
