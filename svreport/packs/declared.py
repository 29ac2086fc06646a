"""What a pack makes: its documents, each with its file's name and title, and the sheets that it adds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from svreport.model.form import FormTerms
from svreport.model.pack_sheets import DeclaredSheet

# The fields of a return that a document's title can hold, as `{{ authority }}`.
TITLE_FIELDS = ("authority", "authority_code", "financial_year", "update", "data_as_at", "submitted")

# The fields that the file name of an Excel form can hold: the same, and the month and year of its data.
FILE_FIELDS = (*TITLE_FIELDS, "month", "year")

# The kinds of template, as their names end: a Word file, a page, an Excel form.
WORD = ".docx"
PAGE = ".html"
FORM = ".xlsx"
KINDS = (WORD, PAGE, FORM)

REVIEW = "review"
"""What a document's `context` says of the review, and how its files are called where a pack says nothing."""

NO_TERMS = FormTerms()
FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
"""A field in a title or a file's name."""


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
    form: FormTerms = NO_TERMS

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
    return FIELD.sub(lambda found: fields[found[1]], title)


def file_name(output: str, fields: Mapping[str, str]) -> str:
    """A form's file name with its fields filled in; `fields` holds all of `FILE_FIELDS`, as a name can hold them."""
    return FIELD.sub(lambda found: fields[found[1]], output)
