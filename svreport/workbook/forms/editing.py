"""An Excel form as it is filled: its tags found, typed values put into their cells, everything else as it was."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property

from svreport.model import names
from svreport.model.finding import Place
from svreport.model.form import FormValue
from svreport.narrative.form_tags import holds_braces
from svreport.workbook import markup
from svreport.workbook.areas import read_area
from svreport.workbook.book import unescaped
from svreport.workbook.editing.looks import Styles
from svreport.workbook.editing.workbook import WorkbookEditor
from svreport.workbook.forms.elsewhere import tags_in_part, tags_in_sheet
from svreport.workbook.forms.lists import FormLists
from svreport.workbook.forms.sheet import FormSheet, TaggedCell, runs_of, with_printed
from svreport.workbook.forms.stale_values import drop_stale_values
from svreport.workbook.number_formats import GENERAL, NumberFormat
from svreport.workbook.opening import MOST_CHARACTERS_IN_CELL, Package
from svreport.workbook.workbook_xml import Workbook, whole_number

_SIGNIFICANT = 15  # as many digits as Excel keeps of a number
# What Excel would take for the beginning of a formula if somebody typed the text again.
_LIKE_A_FORMULA = ("=", "+", "-", "@")


class FormEditor(WorkbookEditor):
    """A form's file, opened to be filled once."""

    def __init__(self, package: Package) -> None:
        super().__init__(package)
        self._forms = {name: FormSheet(self._parts.xml(part)) for name, part in self._where.items()}
        self._sheets.update(self._forms)
        for name, part in self._where.items():
            if self._forms[name].names_a_place_twice:
                raise package.damaged(
                    part
                )  # the second cell would go out as it is, whichever of them is read
        self._formats = Workbook(package).formats
        self._string_cells: set[int] = set()
        self._texts: dict[Place, str] = {}
        self._written: dict[str, set[tuple[int, int]]] = {}

    @cached_property
    def tagged(self) -> tuple[TaggedCell, ...]:
        """Every cell whose own text holds braces, sheet by sheet and row by row."""
        found: list[TaggedCell] = []
        for name, sheet in self._forms.items():
            told = [
                TaggedCell(Place(name, row, column), runs)
                for row, column, cell in sheet.cells()
                if (runs := self._runs(cell)) and holds_braces("".join(text for _, text in runs))
            ]
            found += sorted(told, key=lambda each: each.place)
        return tuple(found)

    def elsewhere(self) -> list[tuple[str, str]]:
        """Where a tag stands that is not filled (`the formula of Cover!B3`, `a comment`), and its words."""
        found: list[tuple[str, str]] = []
        where = {part.casefold(): name for name, part in self._where.items()}
        strings = {part.casefold() for part in self._strings_parts()}
        for part in self._parts.names():
            key = part.casefold()
            if key in where:
                found += tags_in_sheet(self._forms[where[key]], where[key])
            elif key not in strings and self._parts.holds(part):
                found += tags_in_part(part, self._package.read(part))
        return found

    def table_headings(self) -> set[Place]:
        """The cells that name a table's columns: a table is damaged when they say something else than it does."""
        found = set()
        for name, part in self._where.items():
            for table in self._parts.related(part, "table"):
                root = self._parts.xml(table)
                area = read_area(root.get("ref", ""))
                if area and root.get("headerRowCount", "1") != "0":
                    found |= {Place(name, area.top, column) for column in range(area.left, area.right + 1)}
        return found

    def room(self, place: Place, wanted: int) -> int:
        """How many of the cells right below are free to be filled, up to as many as are wanted."""
        return self._forms[place.sheet].room_below(place.row, place.column, wanted)

    def put(self, place: Place, value: FormValue) -> None:
        """Puts a typed value into a cell, which keeps its style; a percentage is a fraction where the cell shows one.

        Raises CallFault for a text that is longer than a cell can be.
        """
        self._note(place)
        match value.value:
            case "":
                self.clear(place)
            case str():
                self.set_text(place, value.value)
                self._texts[place] = value.value
                self._settle(place, value.value)
            case Decimal():
                amount = (
                    value.value / 100 if value.percent and self._format(place).is_percent else value.value
                )
                self.set_number(place, _kept(amount))
            case date():
                self.set_date(place, value.value)

    def put_among_words(self, cell: TaggedCell, printed: list[tuple[int, int, str]], at: Place) -> None:
        """Puts a cell's words with its tags as they print; raises CallFault as `put` does."""
        runs = with_printed(cell.runs, printed)
        text = "".join(words for _, words in runs)
        if len(text) > MOST_CHARACTERS_IN_CELL or all(look is None for look, _ in runs):
            self.put(at, FormValue(unescaped(text), text))
            return
        self._note(at)
        self._forms[at.sheet].set_runs(at.row, at.column, runs)
        self._settle(at, text)

    def not_offered(self) -> Iterator[tuple[Place, str, tuple[str, ...]]]:
        """Each text that was put into a cell whose drop-down list does not offer it, with what the list offers."""
        lists = FormLists(self._forms, self.cells(), self._defined_names()) if self._texts else None
        for place, text in self._texts.items():
            offered = lists.offered(place.sheet, place.row, place.column) if lists else ()
            if offered and names.key(text) not in {names.key(each) for each in offered}:
                yield place, text, offered

    def dress(self, place: Place, like: Place) -> None:
        """Gives a cell that the form does not have the look of another."""
        sheet = self._forms[place.sheet]
        if not sheet.is_styled(place.row, place.column):
            sheet.set_style(place.row, place.column, sheet.style(like.row, like.column))

    def save(self) -> bytes:
        """The form's file, without the saved values of formulas that depend on what was filled in."""
        if self._written:
            drop_stale_values(self._forms, self._written, self._defined_names())
            self._clear_strings()
        return super().save()

    @cached_property
    def _styles(self) -> Styles:
        """The form's styles; those of a form without any are made, so that dates show as such."""
        return super()._styles or self._new_styles()

    def _new_styles(self) -> Styles:
        root = markup.root_like(self._workbook, "styleSheet")
        part = self._parts.add_styles(root)
        self._parts.relate(self._parts.workbook, "styles", part)
        return Styles.of_nothing(root)

    def _note(self, place: Place) -> None:
        self._written.setdefault(place.sheet, set()).add((place.row, place.column))

    def _format(self, place: Place) -> NumberFormat:
        style = self._forms[place.sheet].style(place.row, place.column)
        position = whole_number(str(style), len(self._formats) - 1)
        return GENERAL if position is None else self._formats[position]

    def _settle(self, place: Place, text: str) -> None:
        """Lets the row's height follow the text; one that begins like a formula stays text when somebody edits it."""
        self._forms[place.sheet].let_fit(place.row)
        if text.startswith(_LIKE_A_FORMULA):
            sheet = self._forms[place.sheet]
            sheet.set_style(
                place.row, place.column, self._styles.quoted(sheet.style(place.row, place.column))
            )

    def _strings_parts(self) -> list[str]:
        return self._parts.related(self._parts.workbook, "sharedStrings")

    @cached_property
    def _strings(self) -> list[markup.Element]:
        return [
            each
            for part in self._strings_parts()[:1]
            for each in markup.children(self._parts.xml(part), "si")
        ]

    def _runs(self, cell: markup.Element) -> "tuple[tuple[markup.Element | None, str], ...]":
        if markup.child(cell, "f") is not None:
            return ()
        if cell.get("t") == "inlineStr":
            inline = markup.child(cell, "is")
            return () if inline is None else runs_of(inline)
        if cell.get("t") == "str":
            # Some programs write their texts like this, the way in which Excel keeps what a formula gave.
            value = markup.child(cell, "v")
            text = "" if value is None else value.text or ""
            return ((None, text),) if holds_braces(text) else ()
        number = self._string_number(cell)
        return () if number is None else self._string_runs[number]

    def _string_number(self, cell: markup.Element) -> int | None:
        value = markup.child(cell, "v") if cell.get("t") == "s" else None
        return None if value is None else whole_number((value.text or "").strip(), len(self._strings) - 1)

    @cached_property
    def _string_runs(self) -> "list[tuple[tuple[markup.Element | None, str], ...]]":
        """The runs of each shared text that holds braces; nothing for the others."""
        runs = [runs_of(each) for each in self._strings]
        return [each if holds_braces("".join(text for _, text in each)) else () for each in runs]

    def _clear_strings(self) -> None:
        """Empties the shared texts that hold tags: every cell that named one has been filled with its own."""
        used = {number for sheet in self._forms.values() for _, _, cell in sheet.cells()
                if (number := self._string_number(cell)) is not None}  # fmt: skip
        for number, (string, runs) in enumerate(zip(self._strings, self._string_runs, strict=True)):
            if runs and number not in used:
                for each in list(string):
                    string.remove(each)
                string.append(markup.new(string, "t", ""))
                for part in self._strings_parts()[:1]:
                    self._parts.put(part, self._parts.xml(part))

    def _defined_names(self) -> Mapping[str, str]:
        return {
            each.get("name", "").casefold(): each.text or "" for each in self._workbook.iter("{*}definedName")
        }


def _kept(amount: Decimal) -> Decimal:
    """A number with the digits that Excel keeps, without zeros at its end."""
    with localcontext() as context:
        context.prec = _SIGNIFICANT
        rounded = +amount
    return rounded.normalize()
