"""One sheet of an Excel form: its cells by their places, and the cells that hold tags."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from svreport.model.finding import Place
from svreport.workbook import markup
from svreport.workbook.areas import Area
from svreport.workbook.editing.sheet import SheetXml
from svreport.workbook.escapes import escaped
from svreport.workbook.markup import Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True, eq=False)
class TaggedCell:
    """A cell whose text holds braces. `runs` are the stretches of one look that the text is written in: each with
    the properties of its look, None for the cell's own.
    """

    place: Place
    runs: tuple[tuple[Element | None, str], ...]

    @property
    def text(self) -> str:
        """As the file holds it, characters that are written by their number included."""
        return "".join(text for _, text in self.runs)


class FormSheet(SheetXml):
    """A worksheet whose cells are found at once, however many there are."""

    def __init__(self, root: Element) -> None:
        super().__init__(root)
        self._index: dict[tuple[int, int], Element] = {}
        for number, row in self.rows.items():
            for column, cell in self._cells(row):
                self._index.setdefault((number, column), cell)
        written = sum(len(row.findall(self._tags["c"])) for row in markup.children(self.data, "row"))
        self.names_a_place_twice = written > len(self._index)
        self._merged = self.merged()

    def cells(self) -> Iterator[tuple[int, int, Element]]:
        for (row, column), cell in self._index.items():
            yield row, column, cell

    def formulas(self) -> Iterator[tuple[int, int, Element]]:
        """Each cell's formula, those that another cell writes out for it included."""
        for row, column, cell in self.cells():
            formula = cell.find(self._tags["f"])
            if formula is not None:
                yield row, column, formula

    def holds(self, row: int, column: int) -> bool:
        return (row, column) in self._index

    def drop_value(self, row: int, column: int) -> None:
        """Takes away what a formula gave when the file was last saved."""
        cell = self._index[row, column]
        value = cell.find(self._tags["v"])
        if value is not None:
            cell.remove(value)
            cell.attrib.pop("t", "")
            self.changed = True

    def room_below(self, row: int, column: int, wanted: int) -> int:
        """How many of the cells right below are free: they hold nothing and belong to no merged area."""
        free = 0
        while free < wanted and self._is_free(row + free + 1, column):
            free += 1
        return free

    def is_styled(self, row: int, column: int) -> bool:
        """Whether the form has a cell or a styled row there: what is put into it then looks as the form says."""
        element = self.rows.get(row)
        return self._find(row, column) is not None or (element is not None and bool(element.get("s")))

    def let_fit(self, row: int) -> None:
        """Lets a row's height follow what it holds now, unless somebody set it."""
        element = self.rows[row]
        if element.get("customHeight") not in ("1", "true"):
            element.attrib.pop("ht", "")

    def set_runs(self, row: int, column: int, runs: Sequence[tuple[Element | None, str]]) -> None:
        """Text in stretches of several looks within the cell; what is told of a stretch's look stays."""
        cell = self._emptied(row, column)
        cell.set("t", "inlineStr")
        inline = markup.new(cell, "is")
        for look, text in runs:
            run = markup.new(inline, "r")
            if look is not None:
                run.append(deepcopy(look))
            written = markup.new(run, "t", text)
            written.set(_XML_SPACE, "preserve")
            run.append(written)
            inline.append(run)
        cell.insert(0, inline)

    def _is_free(self, row: int, column: int) -> bool:
        cell = self._find(row, column)
        held = cell is not None and any(each.tag in self._held for each in cell)
        return not held and not any(area.holds(row, column) for area in self._merged_at(column))

    def _merged_at(self, column: int) -> list[Area]:
        return [area for area in self._merged if area.left <= column <= area.right]

    def _find(self, row: int, column: int) -> Element | None:
        return self._index.get((row, column))

    def _make(self, row: int, column: int) -> Element:
        made = super()._make(row, column)
        self._index[row, column] = made
        return made


def runs_of(string: Element) -> tuple[tuple[Element | None, str], ...]:
    """The stretches of a text of the shared strings or of a cell, without its phonetic reading."""
    found: list[tuple[Element | None, str]] = []
    for each in string:
        if markup.local(each) == "t":
            found.append((None, each.text or ""))
        elif markup.local(each) == "r":
            text = markup.child(each, "t")
            found.append((markup.child(each, "rPr"), "" if text is None else text.text or ""))
    return tuple(found)


def with_printed(
    runs: Sequence[tuple[Element | None, str]], printed: Sequence[tuple[int, int, str]]
) -> list[tuple[Element | None, str]]:
    """The runs with each stretch of their text (from, to) as it prints, in the look that it begins in."""
    written: list[tuple[Element | None, str]] = []
    left = list(printed)
    begin = 0
    for look, text in runs:
        end = begin + len(text)
        at, parts = begin, []
        while left and left[0][0] < end:
            first, last, words = left[0]
            if first >= begin:
                parts += [text[at - begin : first - begin], escaped(words)]
            if last > end:
                at = end  # the tag goes on in the next run
                break
            at = last
            left.pop(0)
        parts.append(text[at - begin :])
        whole = "".join(parts)
        if whole:
            written.append((look, whole))
        begin = end
    return written
