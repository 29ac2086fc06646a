"""The documents that a pack.toml names, each read strictly: every fault is told, and none hides the others."""

import re
from collections.abc import Iterable
from pathlib import Path

from svreport.model.form import FormTerms
from svreport.model.names import did_you_mean, listed
from svreport.packs.declared import (
    FIELD,
    FILE_FIELDS,
    FORM,
    KINDS,
    NO_TERMS,
    PAGE,
    REVIEW,
    TITLE_FIELDS,
    WORD,
    Document,
    FilledDocument,
    JoinedDocument,
    ReviewDocument,
)
from svreport.packs.requirements import KEYS, read_terms, refuse_fields, refuse_terms
from svreport.packs.table import Table

# What a document tells: the return itself, unless it says that it is the review of it.
CONTEXTS = ("return", "review")

# What Windows, and the programs that mirror a folder to it, refuse in a file's name.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def document_tables(table: Table) -> list[Table]:
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


def read_documents(
    tables: list[Table], folder: Path, present: list[str]
) -> tuple[Document | ReviewDocument, ...]:
    """The documents without a fault, in their order; `present` names the templates that the folder holds."""
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
    return NO_TERMS


def _endings(table: Table, context: str) -> tuple[str, ...]:
    """How the names of a document's output and template may end."""
    if "parts" in table.content:
        return (WORD,)
    return (WORD, PAGE) if context == REVIEW else KINDS


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


def read_review(table: Table) -> str:
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
    for field in FIELD.findall(title):
        if field not in TITLE_FIELDS:
            near = did_you_mean(field, TITLE_FIELDS) or f"It can hold {listed(TITLE_FIELDS)}."
            table.tell(f"the title cannot hold {{{{ {field} }}}}. {near}")
    if re.search(r"\{\{|\}\}|\{%|%\}", FIELD.sub("", title)):
        table.tell("the braces in the title are not whole: a field is written {{ authority }}")
    return title


def _template(table: Table, present: list[str], endings: tuple[str, ...]) -> str:
    if "template" not in table.content:
        table.tell("it has neither a template nor parts: name a Word file of the folder as its template")
        return ""
    return _present(_file_name(table, "template", endings), table, present)


def read_changes(table: Table, present: list[str]) -> str:
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
