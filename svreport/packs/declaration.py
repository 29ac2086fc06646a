"""What a pack's pack.toml says, read strictly: every fault is told, and none hides the others."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from svreport.model.form import FormTerms
from svreport.model.names import did_you_mean, listed
from svreport.model.pack_sheets import DeclaredSheet
from svreport.packs.requirements import KEYS, read_terms, refuse_fields, refuse_terms
from svreport.packs.sheets import read_sheets, read_without
from svreport.packs.table import Table

FILE = "pack.toml"

# The fields of a return that a document's title can hold, as `{{ authority }}`.
TITLE_FIELDS = ("authority", "authority_code", "financial_year", "update", "data_as_at", "submitted")

# The fields that the file name of an Excel form can hold: the same, and the month and year of its data.
FILE_FIELDS = (*TITLE_FIELDS, "month", "year")

# What a document tells: the return itself, unless it says that it is the review of it.
CONTEXTS = ("return", "review")
# The kinds of template, as their names end: a Word file, a page, an Excel form.
WORD = ".docx"
PAGE = ".html"
FORM = ".xlsx"
_KINDS = (WORD, PAGE, FORM)
REVIEW = "review"

_MOST_BYTES = 1_000_000
_NO_TERMS = FormTerms()
_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# What Windows, and the programs that mirror a folder to it, refuse in a file's name.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Made:
    """A file that a pack makes: `output` is its name, `title` may hold fields."""

    output: str
    title: str

    @property
    def name(self) -> str:
        """The output without its ending: how `parts` calls it."""
        return Path(self.output).stem


@dataclass(frozen=True, slots=True)
class FilledDocument(_Made):
    """A document made by filling one template: a Word file, a page or an Excel form, whose terms `form` are.

    The output of a form may hold fields.
    """

    template: Path
    form: FormTerms = _NO_TERMS

    @property
    def kind(self) -> str:
        """`WORD`, `PAGE` or `FORM`."""
        return self.template.suffix


@dataclass(frozen=True, slots=True)
class ReviewDocument(_Made):
    """A file of the review pack: made from a template too, a Word file or a page (`.html`), but of the review."""

    template: Path

    @property
    def is_page(self) -> bool:
        return self.template.suffix == PAGE


@dataclass(frozen=True, slots=True)
class JoinedDocument(_Made):
    """A document made of others of the pack that stand before it, joined in the order of `parts`."""

    parts: tuple[FilledDocument, ...]


Document = FilledDocument | JoinedDocument


@dataclass(frozen=True, slots=True)
class Declaration:
    """A pack.toml's content, without what was faulty in it; `reviews` are the documents about the return.

    `sheets` are what the pack adds to the workbook, `review` is how the names of its review's files begin,
    `changes` the template of a report of changes, `without` names sheets of the return. `is_read` is False where the
    file as a whole could not be used.
    """

    title: str
    language: str
    documents: tuple[Document, ...]
    reviews: tuple[ReviewDocument, ...] = ()
    sheets: tuple[DeclaredSheet, ...] = ()
    review: str = REVIEW
    changes: Path | None = None
    without: tuple[str, ...] = ()
    is_read: bool = True


def titled(title: str, fields: Mapping[str, str]) -> str:
    """A document's title with its fields filled in; `fields` holds all of `TITLE_FIELDS`."""
    return _FIELD.sub(lambda found: fields[found[1]], title)


def file_name(output: str, fields: Mapping[str, str]) -> str:
    """A form's file name with its fields filled in; `fields` holds all of `FILE_FIELDS`, as a name can hold them."""
    return _FIELD.sub(lambda found: fields[found[1]], output)


def read_declaration(folder: Path) -> tuple[Declaration, tuple[str, ...]]:
    """What the folder's pack.toml says, and one sentence for each of its faults."""
    try:
        present = template_files(folder)
        content = _content(folder / FILE)
    except _Unreadable as fault:
        return Declaration("", "", (), is_read=False), (str(fault),)
    except OSError as error:
        return Declaration("", "", (), is_read=False), (f"it cannot be read ({error.strerror})",)
    faults: list[str] = []
    table = Table(content, "", faults)
    table.refuse_unknown(("title", "language", "documents", "sheets", "review", "changes", "without"))
    title, language = table.text("title"), table.text("language")
    if language and not _LANGUAGE.fullmatch(language):
        table.tell(f"the language {language!r} is none that Word knows: write en-GB")
    made = _documents(_tables(table), folder, present)
    documents = tuple(each for each in made if not isinstance(each, ReviewDocument))
    reviews = tuple(each for each in made if isinstance(each, ReviewDocument))
    review = _review(table)
    changes = folder / name if (name := _changes(table, present)) else None
    declared = Declaration(
        title, language, documents, reviews, read_sheets(table), review, changes, read_without(table)
    )
    return declared, tuple(faults)


def template_files(folder: Path) -> list[str]:
    """The names of the folder's templates of every kind, without those that Office keeps while a file is open."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix.lower() in _KINDS and not path.name.startswith(("~", ".")) and path.is_file()
    )


class _Unreadable(Exception):
    """The file as a whole cannot be used; the text is its fault."""


def _content(file: Path) -> dict[str, Any]:
    if file.exists() and not file.is_file():
        raise _Unreadable("it is not a file, but a folder or a device")  # a pipe would be waited for
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise _Unreadable(_absent(file)) from None
    if len(data) > _MOST_BYTES:
        raise _Unreadable("it is larger than any such file can be")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unreadable("it is not UTF-8 text: save it with the encoding UTF-8") from None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _Unreadable(f"it is not written as TOML is: {error}{_curly(text)}") from None


def _absent(file: Path) -> str:
    """What is said where there is no pack.toml: Notepad hides the ending that it adds."""
    told = "there is no such file, and it is what makes a folder of templates a pack"
    doubled = file.with_name(f"{file.name}.txt")
    return f"{told}; {doubled.name} is there: take .txt off its name" if doubled.is_file() else told


def _curly(text: str) -> str:
    """A word processor's quotation marks, which are the likeliest reason where the first of them can be the fault."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*[\w-]+\s*=\s*\[?\s*[“”„‘’]", line):
            return f'. Line {number} has curly quotation marks: write straight ones (")'
    return ""


def _tables(table: Table) -> list[Table]:
    """One table for each [[documents]]."""
    value = table.content.get("documents")
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        table.tell("it names no document: each one begins with a line [[documents]]")
        return []
    tables: list[Table] = []
    for number, content in enumerate(value, 1):
        output = content.get("output")
        place = f"document {number}" + (f" ({output})" if output and isinstance(output, str) else "")
        tables.append(Table(content, place, table.faults))
    return tables


def _documents(
    tables: list[Table], folder: Path, present: list[str]
) -> tuple[Document | ReviewDocument, ...]:
    documents: list[Document | ReviewDocument] = []
    outputs: dict[str, str] = {}
    faulty: set[str] = set()
    for table in tables:
        table.refuse_unknown(("output", "title", "template", "parts", "context", *KEYS))
        context = _context(table)
        endings = _endings(table, context)
        output = _file_name(table, "output", endings)
        # Names that differ in case only are one file on Windows.
        first = outputs.setdefault(output.casefold(), table.place)
        if output and first != table.place:
            table.tell(f"{first} has this output already: each document needs its own")
        title = _title(table)
        terms = _terms(table, context, output)
        if "parts" in table.content:
            documents.append(JoinedDocument(output, title, _parts(table, documents, faulty)))
        elif (template := _template(table, present, endings)) and output:
            documents.append(
                ReviewDocument(output, title, folder / template)
                if context == REVIEW
                else FilledDocument(output, title, folder / template, terms)
            )
            if Path(output).suffix != Path(template).suffix:
                table.tell(f"the output {output!r} is of another kind than its template: let both end alike")
        else:
            faulty.add(Path(output).stem)
    return tuple(documents)


def _terms(table: Table, context: str, output: str) -> FormTerms:
    """What is asked of a form; of another document nothing can be, and its name is one for every return."""
    if output.endswith(FORM) and context != REVIEW and "parts" not in table.content:
        refuse_fields(table, "output", output, FILE_FIELDS)
        return read_terms(table, FILE_FIELDS)
    refuse_terms(table)
    if "{{" in output:
        table.tell(f"the output {output!r} cannot hold a field: only the name of an Excel form can")
    return _NO_TERMS


def _endings(table: Table, context: str) -> tuple[str, ...]:
    """How the names of a document's output and template may end."""
    if "parts" in table.content:
        return (WORD,)
    return (WORD, PAGE) if context == REVIEW else _KINDS


def _context(table: Table) -> str:
    """What the document tells: one of `CONTEXTS`."""
    if "context" not in table.content:
        return CONTEXTS[0]
    context = table.text("context")
    if context and context not in CONTEXTS:
        near = did_you_mean(context, CONTEXTS) or f"It can be {listed(CONTEXTS)}."
        table.tell(f"the context {context!r} is none. {near}")
    elif context == REVIEW and "parts" in table.content:
        table.tell("a review is made from a template, not from parts")
    return context


def _file_name(table: Table, key: str, endings: tuple[str, ...]) -> str:
    """The plain name of a file under a key; one that no folder could hold is told, and is empty."""
    name = table.text(key)
    fault = ""
    if _REFUSED.search(name):
        fault = "is no plain file name: leave out folders, and signs that Windows does not take"
    elif name.startswith(("~", ".")) or name != name.strip() or _DEVICES.match(name):
        fault = "is a name that Windows or Office keep for themselves: choose another"
    elif name and not name.endswith(endings):
        kinds = {WORD: "a Word file", PAGE: "a page", FORM: "an Excel form"}
        kind = listed([kinds[each] for each in endings])
        fault = f"is not the name of {kind}: let it end in {listed(endings)}"
    if fault:
        table.tell(f"the {key} {name!r} {fault}")
    return "" if fault else name


def _review(table: Table) -> str:
    """How the review's files are called: packs built into one folder each have their own."""
    if "review" not in table.content:
        return REVIEW
    name = table.text("review")
    if _REFUSED.search(name) or name.startswith(("~", ".")) or name != name.strip() or _DEVICES.match(name):
        table.tell(f'the review {name!r} is no plain name: write review = "our-paper-review"')
        return REVIEW
    return name


def _title(table: Table) -> str:
    title = table.text("title")
    for field in _FIELD.findall(title):
        if field not in TITLE_FIELDS:
            near = did_you_mean(field, TITLE_FIELDS) or f"It can hold {listed(TITLE_FIELDS)}."
            table.tell(f"the title cannot hold {{{{ {field} }}}}. {near}")
    if re.search(r"\{\{|\}\}|\{%|%\}", _FIELD.sub("", title)):
        table.tell("the braces in the title are not whole: a field is written {{ authority }}")
    return title


def _template(table: Table, present: list[str], endings: tuple[str, ...]) -> str:
    if "template" not in table.content:
        table.tell("it has neither a template nor parts: name a Word file of the folder as its template")
        return ""
    return _present(_file_name(table, "template", endings), table, present)


def _changes(table: Table, present: list[str]) -> str:
    """The template of `svreport changes --docx`, which a pack may leave to svreport's own."""
    if "changes" not in table.content:
        return ""
    return _present(_file_name(table, "changes", (WORD,)), table, present)


def _present(name: str, table: Table, present: list[str]) -> str:
    """A template's name if the folder holds it, else empty, and told."""
    # Compared with the folder's own listing: a name in the wrong case fails on every system, not on some only.
    if name and name not in present:
        near = did_you_mean(Path(name).stem, (Path(each).stem for each in present))
        table.tell(f"the template {name!r} is not in the folder. {near}".rstrip())
        return ""
    return name


def _parts(
    table: Table, before: Iterable[Document | ReviewDocument], faulty: set[str]
) -> tuple[FilledDocument, ...]:
    """The documents named; one that is `faulty` has been told already."""
    if "template" in table.content:
        table.tell("it has both a template and parts: a document is made of one or the other")
    value = table.content["parts"]
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        table.tell('parts is no list of names: write parts = ["programme-overview", "risk-register"]')
        return ()
    by_name = {each.name: each for each in before if isinstance(each, FilledDocument) and each.kind == WORD}
    for name in dict.fromkeys(value):
        if name not in by_name and name not in faulty:
            near = did_you_mean(name, by_name)
            table.tell(
                f"the part {name!r} is none of the documents with a template above it. {near}".rstrip()
            )
        elif value.count(name) > 1:
            table.tell(f"the part {name!r} is named more than once")
    return tuple(by_name[name] for name in dict.fromkeys(value) if name in by_name)
