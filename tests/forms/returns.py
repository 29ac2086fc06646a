"""A return that forms are filled from, changed as a test wants it, and forms of a few cells."""

import io
import tomllib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from svreport.documents.forms.checking import form_faults
from svreport.documents.forms.context import FormContext
from svreport.documents.forms.filling import fill_form
from svreport.model.finding import Finding
from svreport.model.form import FormTerms
from svreport.model.pack_sheets import DeclaredSheet, SheetsOfPack
from svreport.packs.declaration import read_declaration
from svreport.pipeline.examining import Examined, examine
from svreport.workbook.forms.form import open_form
from svreport.workbook.writing import workbook_bytes
from tests.forms import template
from tests.workbook import raw

HERE = Path(__file__).parent
Content = dict[str, list[dict[str, Any]]]


def content() -> Content:
    """A fresh copy of the return at the end of September 2026."""
    text = (HERE / "wiltshire-2026-09.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def pack_folder(folder: Path, form: bytes | None = None, old: str = "", new: str = "") -> Path:
    """The test pack in a folder of its own, with another form, or with `old` in its pack.toml become `new`."""
    made = folder / "lsrp"
    made.mkdir(parents=True)
    told = (HERE / "lsrp" / "pack.toml").read_text(encoding="utf-8")
    assert old in told
    (made / "pack.toml").write_text(told.replace(old, new, 1) if old else told, encoding="utf-8")
    (made / "quarterly-return.xlsx").write_bytes(template.template() if form is None else form)
    return made


@cache
def declared() -> tuple[DeclaredSheet, ...]:
    """The sheets that the test pack adds to a workbook."""
    return read_declaration(HERE / "lsrp")[0].sheets


def workbook(path: Path, told: Content | None = None) -> Path:
    """The return's workbook, written to a path."""
    path.write_bytes(workbook_bytes(told or content(), declared()))
    return path


def examined(folder: Path, told: Content | None = None) -> Examined:
    return examine(workbook(folder / "2026-09.xlsx", told), [SheetsOfPack("lsrp", declared())])


@dataclass(frozen=True)
class Tried:
    """A form that was filled: its bytes, as openpyxl reads it, and what was found."""

    data: bytes
    book: Workbook
    findings: tuple[Finding, ...]

    def value(self, cell: str, sheet: str = "Form") -> Any:
        return self.book[sheet][cell].value

    @property
    def told(self) -> list[str]:
        """Each finding's code and cell."""
        return [f"{each.code} {each.place}" for each in self.findings]


def try_form(
    cells: Mapping[str, object],
    found: Examined,
    folder: Path,
    terms: FormTerms | None = None,
    **parts: Any,
) -> Tried:
    """Fills a form of one sheet with these cells (see `tests/workbook/raw.py`)."""
    return try_bytes(small_form({"Form": dict(cells)}, **parts), found, folder, terms)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def small_parts(grid: raw.Grid, **parts: Any) -> dict[str, str | bytes]:
    """The parts of a form of a few cells, as openpyxl reads them too."""
    return raw.parts_of(grid, **parts) | {"[Content_Types].xml": _TYPES}


def small_form(grid: raw.Grid, **parts: Any) -> bytes:
    return raw.package(small_parts(grid, **parts))


def try_bytes(data: bytes, found: Examined, folder: Path, terms: FormTerms | None = None) -> Tried:
    path = folder / "form.xlsx"
    path.write_bytes(data)
    form = open_form(path)
    wanted = terms or FormTerms()
    assert form_faults(path, form, declared(), wanted) == []
    context = FormContext(found.facts, found.texts, declared())
    filled = fill_form("form.xlsx", form, context, wanted)
    return Tried(filled.data, opened(filled.data), filled.findings)


def opened(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Data Validation extension is not supported")
        warnings.filterwarnings("ignore", "Workbook contains no default style")
        return load_workbook(io.BytesIO(data))


def faults(cells: Mapping[str, object], folder: Path, **parts: Any) -> list[str]:
    """What `packs check` tells of a form of one sheet with these cells."""
    path = folder / "form.xlsx"
    path.write_bytes(small_form({"Form": dict(cells)}, **parts))
    return form_faults(path, open_form(path), declared(), FormTerms())
