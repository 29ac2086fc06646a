"""The Excel forms of a pack: filled, named, and looked at for what their receiver asks of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from svreport.documents.forms.checking import form_faults
from svreport.documents.forms.context import FormContext
from svreport.documents.forms.filling import FilledCells, fill_form
from svreport.documents.forms.naming import FormFields, field_findings, name_findings, with_fields
from svreport.errors import TemplateFault, WorkbookUnreadable
from svreport.model.finding import Finding
from svreport.model.form import FormTerms
from svreport.model.pack_sheets import DeclaredSheet
from svreport.packs.declared import FORM, Document, FilledDocument, file_name
from svreport.packs.loading import Pack
from svreport.pipeline.examining import Examined
from svreport.word.packaging import Properties


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled form; it is the same as a draft and when it is final, since nothing but its tags is touched."""

    cells: FilledCells

    @property
    def signed_digest(self) -> str:
        """The digest of all that a reader sees of it but the sign-off."""
        from svreport.workbook.digest import digest_of_signed

        return digest_of_signed(self.cells.data, self.cells.signed)

    def finished(self, properties: Properties, draft_code: str = "") -> bytes:
        """The file."""
        return self.cells.data


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a pack under their file names, which the documents of `pack` have too, and what was found."""

    pack: Pack
    filled: Mapping[str, FilledForm]
    findings: tuple[Finding, ...]


def fill_forms(examined: Examined, pack: Pack) -> Forms:
    """Fills every Excel form of a pack. Raises `TemplateFault` with every fault of their tags."""
    try:
        return _filled(examined, pack)
    except WorkbookUnreadable as fault:
        raise TemplateFault(str(fault)) from None


def _filled(examined: Examined, pack: Pack) -> Forms:
    from svreport.workbook.forms.form import open_form

    context = FormContext(examined.facts, examined.texts, pack.sheets)
    fields = FormFields.of(examined.submission)
    documents: list[Document] = []
    filled: dict[str, FilledForm] = {}
    findings: list[Finding] = []
    faults: list[str] = []
    for document in pack.documents:
        if not isinstance(document, FilledDocument) or document.kind != FORM:
            documents.append(document)
            continue
        name = file_name(document.output, fields.in_names)
        documents.append(replace(document, output=name))
        form = open_form(document.template)
        faults += form_faults(document.template, form, pack.sheets, document.form)
        if not faults:
            filled[name] = FilledForm(fill_form(name, form, context, document.form))
            findings += _found(name, document, filled[name].cells, fields)
    _refuse_one_name(documents, faults)
    if faults:
        raise TemplateFault("\n".join(dict.fromkeys(faults)))
    return Forms(replace(pack, documents=tuple(documents)), filled, tuple(dict.fromkeys(findings)))


def form_template_faults(
    path: Path, declared: Sequence[DeclaredSheet], terms: Sequence[FormTerms]
) -> list[str]:
    """Every fault of a form's template, for each document that is made from it."""
    from svreport.workbook.forms.form import open_form

    try:
        form = open_form(path)
        return list(
            dict.fromkeys(fault for each in terms for fault in form_faults(path, form, declared, each))
        )
    except (TemplateFault, WorkbookUnreadable) as fault:
        return [str(fault)]


def _found(name: str, document: FilledDocument, cells: FilledCells, fields: FormFields) -> Iterator[Finding]:
    """What is wrong with a filled form; a cell that shows a mark is told once, for that."""
    from svreport.workbook.forms.requirements import unmet

    yield from cells.findings
    yield from name_findings(name, document.output, document.form, fields)
    yield from field_findings(name, document.form, fields)
    wanted = with_fields(document.form.requirements, fields)
    yield from (each for each in unmet(name, cells.data, wanted) if each.place not in cells.marked)


def _refuse_one_name(documents: Sequence[Document], faults: list[str]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.output.casefold() in seen:
            faults.append(
                f"Two documents of the pack would be called {document.output}: let a field, or other words, tell "
                "them apart."
            )
        seen.add(document.output.casefold())
