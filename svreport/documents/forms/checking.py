"""Every fault of an Excel form's tags and terms, found without filling it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from svreport.documents.forms.context import WORDS, Shape, shapes
from svreport.model import names
from svreport.model.finding import Place
from svreport.model.form import FormTerms
from svreport.model.pack_sheets import DeclaredSheet
from svreport.narrative.form_tags import WORD_FILTERS, FormTag, Named, NotACall, Piece, pieces_of, read_tag
from svreport.workbook.forms.editing import FormEditor

_MOST_FAULTS = 200
_SHOWN = 60


def form_faults(
    path: Path, form: FormEditor, declared: Iterable[DeclaredSheet], terms: FormTerms
) -> list[str]:
    """One sentence for each fault, with the file, the place, the tag and how to mend it; [] when it can be filled."""
    checker = _Checker(path.name, shapes(declared))
    found = chain(_unknown_sheets(path.name, form, terms), checker.elsewhere(form), checker.cells(form))
    faults = list(islice(found, _MOST_FAULTS + 1))
    if len(faults) > _MOST_FAULTS:
        return [
            *faults[:-1],
            f"{path.name} has more faults than these {_MOST_FAULTS}: mend them, and check again.",
        ]
    return faults


def _unknown_sheets(file: str, form: FormEditor, terms: FormTerms) -> Iterator[str]:
    known = {names.key(name) for name in form.sheets}
    for name in dict.fromkeys(each.sheet for each in terms.requirements):
        if names.key(name) not in known:
            near = names.did_you_mean(name, form.sheets) or f"It has {names.listed(form.sheets, 'and')}."
            yield f"{file}: a requirement of pack.toml names the sheet {name!r}, which the form does not have. {near}"


class _Checker:
    """Reads each different text once, however many cells hold it."""

    def __init__(self, file: str, lists: Mapping[str, Shape]) -> None:
        self._file = file
        self._lists = lists
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def cells(self, form: FormEditor) -> Iterator[str]:
        headings = form.table_headings()
        for cell in form.tagged:
            if cell.text not in self._known:
                self._known[cell.text] = tuple(self._of_text(cell.text))
            for written, wrong in self._known[cell.text]:
                yield self._told(cell.place, written, wrong)
            if cell.place in headings:
                wrong = "names a table's column, which Excel keeps a second time: write the name itself"
                yield self._told(cell.place, cell.text, wrong)

    def elsewhere(self, form: FormEditor) -> Iterator[str]:
        for where, written in form.elsewhere():
            yield (
                f"{self._file}, {where}: {written} stands where no tag is filled: put it into a cell of its own, and "
                f"let this name the cell, or write the words themselves."
            )

    def _told(self, place: Place, written: str, wrong: str) -> str:
        ending = "?" if ". Did you mean " in wrong else "."
        return f"{self._file}, {place}: {_cut(written)} {wrong.rstrip('.?')}{ending}"

    def _of_text(self, text: str) -> Iterator[tuple[str, str]]:
        lists = set()
        for piece in pieces_of(text):
            written = text[piece.begin : piece.end]
            wrong = self._wrong(piece)
            if wrong:
                yield written, wrong
            elif piece.sign == "{{":
                name = list_of(read_tag(piece.inside), self._lists)
                lists |= {name} if name else set()
        if len(lists) > 1:
            yield (
                text,
                f"goes through {names.listed(sorted(lists), 'and')} at once: one cell can go through one list",
            )

    def _wrong(self, piece: Piece) -> str:
        if piece.is_loose:
            return f"is not {'closed' if piece.sign.startswith('{') else 'opened'} in its cell"
        if piece.sign == "{%":
            return (
                "cannot stand in a form, whose rows do not move: a list such as {{ conditions.level }} fills the cells "
                "below its tag, one for each"
            )
        if piece.sign == "{#":
            return ""
        try:
            tag = read_tag(piece.inside)
        except NotACall as fault:
            mend = fault.mend[:1].upper() + fault.mend[1:]
            return f"cannot be read: it has to be {fault.expected}, or a name such as authority. {mend}"
        return self._unknown(tag.asks) or self._unfit(tag) if isinstance(tag.asks, Named) else ""

    def _unknown(self, named: Named) -> str:
        """What is wrong with a name, or nothing."""
        written = named.written
        if named.key is None and len(named.head) == 1 and named.head[0] in WORDS:
            return ""
        name, fields = split_list(named, self._lists)
        if not name:
            known = [
                *WORDS,
                *(f"{each}.{field}" for each, shape in self._lists.items() for field in shape.fields),
            ]
            near = names.nearest(written, known)
            told = (
                f". Did you mean {' or '.join(near)}"
                if near
                else f"; there are {names.listed(known, 'and', 24)}"
            )
            return f"names {written}, which is not there{told}"
        shape = self._lists[name]
        if fields not in shape.fields:
            near = names.nearest(fields, shape.fields) if fields else []
            told = f". Did you mean {' or '.join(f'{name}.{each}' for each in near)}" if near else ""
            there = names.listed((f"{name}.{each}" for each in shape.fields), "and", 16)
            what = (
                f"names {name}.{fields}, which is not there"
                if fields
                else f"names a list, {name}, without a field"
            )
            return f"{what}{told or f': there are {there}'}"
        if named.key is not None and not shape.key:
            return f"names one row of {name}, whose rows have no names: write {name}.{fields}, which fills downwards"
        return ""

    def _unfit(self, tag: FormTag) -> str:
        if isinstance(tag.asks, Named) and len(tag.asks.head) == 1:
            for each in tag.filters:
                if each.name not in WORD_FILTERS:
                    return f"uses the filter {each.name}, which is for numbers, on words"
        return ""


def split_list(named: Named, lists: Iterable[str]) -> tuple[str, str]:
    """The list that a name goes through or picks a row from, and its field; empty for what is none."""
    count = 2 if named.head[0] == "sheets" else 1
    name = ".".join(named.head[:count])
    fields = named.head[count:] if named.key is None else named.fields
    if named.key is not None and len(named.head) != count:
        return "", ""
    return (name, ".".join(fields)) if name in lists else ("", "")


def list_of(tag: FormTag, lists: Iterable[str]) -> str:
    """The list that a tag goes through, row by row; empty for one that gives a single value."""
    if isinstance(tag.asks, Named) and tag.asks.key is None:
        return split_list(tag.asks, lists)[0]
    return ""


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
