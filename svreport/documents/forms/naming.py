"""The fields of a return in the file names of forms, and in what their cells must satisfy."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from svreport.documents.submission import shown
from svreport.model.entry import Entry
from svreport.model.finding import Finding, Place
from svreport.model.form import FormTerms, Requirement, is_like
from svreport.model.submission import Submission
from svreport.workbook.forms import rules
from svreport.workbook.forms.requirements import area_of

_FULL_MONTHS = "January February March April May June July August September October November December".split()
_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LONGEST_NAME = 200
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FormFields:
    """Each field as words (`printed`, empty where the workbook does not say), as a file name holds it, and the cell
    that it comes from.
    """

    printed: Mapping[str, str]
    in_names: Mapping[str, str]
    entries: Mapping[str, Entry[Any]]

    @classmethod
    def of(cls, submission: Submission) -> "FormFields":
        programme, current = submission.programme, programme_update(submission)
        label, as_at, submitted = current
        day = as_at.value
        entries: dict[str, Entry[Any]] = {
            "authority": programme.authority,
            "authority_code": programme.authority_code,
            "financial_year": programme.financial_year,
            "update": label,
            "data_as_at": as_at,
            "submitted": submitted,
            "month": as_at,
            "year": as_at,
        }
        printed = {name: shown(entry) if entry.value is not None else "" for name, entry in entries.items()}
        printed |= {"month": _FULL_MONTHS[day.month - 1] if day else "", "year": str(day.year) if day else ""}
        in_names = {name: _in_name(name, entries[name].value, text) for name, text in printed.items()}
        return cls(printed, in_names, entries)


def programme_update(submission: Submission) -> tuple[Entry[Any], Entry[Any], Entry[Any]]:
    """The current update's label, and the dates of its data and submission; without one, where it is named."""
    if submission.current is None:
        named = submission.programme.current_update
        nothing: Entry[Any] = Entry(None, named.place, named.fault)
        return nothing, nothing, nothing
    update = submission.updates[submission.current]
    return update.label, update.data_as_at, update.submitted


def with_fields(requirements: Iterable[Requirement], fields: FormFields) -> Iterator[Requirement]:
    """The requirements with their fields filled in; those whose field the workbook lacks are told by themselves."""
    for each in requirements:
        texts = f"{each.begins_with}{each.like}"
        if not _lacking(texts, fields):
            yield each.with_texts(_filled(each.begins_with, fields), _filled(each.like, fields))


def name_findings(name: str, output: str, terms: FormTerms, fields: FormFields) -> Iterator[Finding]:
    """What is wrong with a form's file name: a field that is empty, told at its cell, or a name that does not match."""
    lacking = _lacking(output, fields)
    for field in lacking:
        entry = fields.entries[field]
        if not entry.fault:
            yield rules.FILE_NAME.at(
                entry.place,
                read="an empty cell",
                expected=f"the {field.replace('_', ' ')}, which the file name {output} holds",
                mend="fill it in",
            )
    pattern = _filled(terms.file_name, fields)
    if len(name) > _LONGEST_NAME or (
        terms.file_name
        and not lacking
        and not _lacking(terms.file_name, fields)
        and not is_like(name, pattern)
    ):
        expected = f"a name like {pattern}" if pattern else f"at most {_LONGEST_NAME} characters"
        mend = "correct in pack.toml the output or the file_name, or in the workbook what the name is made of"
        yield rules.FILE_NAME.at(Place(""), read=name, expected=expected, mend=mend, about=name, form=name)


def field_findings(name: str, terms: FormTerms, fields: FormFields) -> Iterator[Finding]:
    """The requirements whose field the workbook lacks: each told at the form's cell."""
    for each in terms.requirements:
        area = area_of(each.cells)
        for field in _lacking(f"{each.begins_with}{each.like}", fields):
            entry = fields.entries[field]
            if area and not entry.fault:
                place = Place(each.sheet, area.top, area.left)
                yield rules.CELL_UNLIKE.at(
                    place,
                    read=f"nothing in {entry.place} of the workbook",
                    expected=f"the {field.replace('_', ' ')}, with which the cell is compared",
                    mend=f"fill in {entry.place}",
                    about=f"{name} {place}",
                    form=name,
                )


def _lacking(text: str, fields: FormFields) -> list[str]:
    return [field for field in dict.fromkeys(_FIELD.findall(text)) if not fields.printed[field]]


def _filled(text: str, fields: FormFields) -> str:
    return _FIELD.sub(lambda found: fields.printed[found[1]], text)


def _in_name(field: str, value: Any, printed: str) -> str:
    """`bath-and-north-east-somerset`; dates as `2026-09-30`; months, years and codes as they are."""
    if hasattr(value, "isoformat") and field not in ("month", "year"):
        return str(value.isoformat())
    if field in ("month", "year", "financial_year", "authority_code"):
        return re.sub(r"[^\w-]+", "-", printed) or _UNKNOWN
    plain = unicodedata.normalize("NFKD", printed.replace("&", " and ")).casefold()
    plain = re.sub(r"[^\w\s-]", "", "".join(each for each in plain if not unicodedata.combining(each)))
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:80] or _UNKNOWN
