"""Reading a workbook: the return it holds, and everything that is wrong with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from svreport.model import names
from svreport.model.finding import Finding, in_sheet_order
from svreport.model.pack_sheets import SheetsOfPack
from svreport.model.submission import BlockKind, FinanceLine, Programme, ProgressBlock, Submission
from svreport.workbook import cells, rules
from svreport.workbook.book import read_book
from svreport.workbook.headings import Labels
from svreport.workbook.measures import read_metrics, read_observations
from svreport.workbook.opening import open_package
from svreport.workbook.pack_sheets import PackSheets, laid_out
from svreport.workbook.people import read_answers, read_approvals, read_contacts
from svreport.workbook.plan import read_exhibits, read_finance
from svreport.workbook.programme import find_current, read_programme, read_updates
from svreport.workbook.ratings import Ratings, read_conditions, read_risks, read_scale
from svreport.workbook.rows import Table
from svreport.workbook.tables import Tables, has_others
from svreport.workbook.words import ProgressReader, read_headlines, read_questions


class Reading(NamedTuple):
    """What a workbook says, and the findings about it in the order of its sheets; `packs` are those it was read by."""

    submission: Submission
    findings: tuple[Finding, ...]
    packs: tuple[SheetsOfPack, ...] = ()


def read_workbook(
    path: Path,
    packs: Sequence[SheetsOfPack] = (),
    others: Callable[[], Sequence[SheetsOfPack]] | None = None,
) -> Reading:
    """Reads a workbook, whatever it holds: what cannot be read becomes a finding at its cell.

    `packs` say which sheets are known besides those of every workbook, and `others` tells more of them where it has a
    sheet of another name.
    Raises WorkbookUnreadable where the file is missing, is no workbook, or cannot be opened.
    """
    book = read_book(open_package(path))
    packs = (*packs, *(others() if others and has_others(book) else ()))
    found: list[Finding] = []
    tables = Tables(book, found, [laid_out(sheet) for pack in packs for sheet in pack.sheets])
    referred_to: dict[str, str] = {}

    programme = read_programme(tables.table("Programme"), found)
    updates = read_updates(tables.table("Updates"), found)
    programme, updates, current = find_current(programme, updates, found)
    told = tuple(update.label.value for update in updates if update.label.value)
    labels = Labels(told, all_known=0 < len(told) == len(updates))
    scale = read_scale(tables.table("Assurance levels"), found)

    table = tables.table("Conditions", labels)
    conditions = read_conditions(table, Ratings(table, updates, current, scale, found), found)
    condition_fault = _fault_of(table, "Ref")
    table = tables.table("Risks", labels)
    risks = read_risks(table, Ratings(table, updates, current, scale, found), found)

    table = tables.table("Metrics")
    metrics = read_metrics(table, conditions, condition_fault is None, found)
    metric_fault = _fault_of(table, "Metric")
    data = tables.table("Metric data")
    observations = read_observations(data, metrics, metric_fault, found)
    if table.absent and observations:
        referred_to["Metrics"] = f"no sheet of this name, but {data.name} has figures of its metrics"

    table = tables.table("Finance")
    finance = read_finance(table, programme, found)
    if table.absent and programme.forecast_scenario.value:
        referred_to["Finance"] = (
            f"no sheet of this name, but {programme.forecast_scenario.place} names a scenario"
        )
    elif _fault_of(table, "Scenario") is None:
        programme = _with_scenario(programme, finance, found)

    table = tables.table("Exhibits")
    exhibits = read_exhibits(table, found)
    reader = ProgressReader(conditions, condition_fault, exhibits, _fault_of(table, "Exhibit"), found)
    progress = reader.read(tables.table("Progress"))
    if table.absent and (placed := _first_placed(progress)):
        referred_to["Exhibits"] = f"no sheet of this name, but {placed.content.place} places an exhibit"

    tables.tell_missing(referred_to)
    sheets = tuple(sheet.name for sheet in book)
    submission = Submission(
        workbook=path.name,
        folder=str(path.parent),
        sheets=sheets,
        programme=programme,
        updates=updates,
        current=current,
        contacts=read_contacts(tables.table("Contacts"), found),
        questions=read_questions(tables.table("Questions"), found),
        headlines=read_headlines(tables.table("Headlines"), found),
        conditions=conditions,
        progress=progress,
        risks=risks,
        metrics=metrics,
        observations=observations,
        finance=finance,
        exhibits=exhibits,
        scale=scale,
        approvals=read_approvals(tables.table("Sign-off"), found),
        answers=read_answers(tables.table("Answers")),
        pack_sheets=tuple(
            PackSheets(programme, scale, metrics, exhibits, finance, found).read(tables, packs)
            if packs
            else ()
        ),
    )
    submission = replace(submission, absent=_absent(found))
    return Reading(submission, tuple(in_sheet_order(tables.with_subjects(), sheets)), packs)


def _absent(found: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """The codes of the errors of a sheet as a whole, by its name: a query may be right, and nothing is absent then."""
    codes: dict[str, tuple[str, ...]] = {}
    for finding in found:
        place = finding.place
        if finding.is_error and not place.cell:
            codes[place.sheet] = (*codes.get(place.sheet, ()), finding.code)
    return codes


def _fault_of(table: Table, heading: str) -> str | None:
    """Why a sheet's names cannot be known, if they cannot: the fault that was told about the sheet or its column."""
    if table.absent:
        return rules.SHEET_MISSING.code
    if not table.heading_row:
        return rules.HEADINGS_MISSING.code
    return None if table.has(heading) else rules.COLUMN_MISSING.code


def _with_scenario(programme: Programme, finance: tuple[FinanceLine, ...], found: list[Finding]) -> Programme:
    """The programme, its forecast scenario written as on Finance; one that is not there is told."""
    entry = programme.forecast_scenario
    if entry.value is None:
        return programme
    known = {names.key(line.scenario.value): line.scenario.value for line in finance if line.scenario.value}
    held = known.get(names.key(entry.value))
    if held is None:
        entry = cells.not_among(entry.value, known.values(), rules.SCENARIO, entry.place, found)
    else:
        entry = entry._replace(value=held)
    return replace(programme, forecast_scenario=entry, items={**programme.items, "Forecast scenario": entry})


def _first_placed(progress: tuple[ProgressBlock, ...]) -> ProgressBlock | None:
    return next((block for block in progress if block.kind.value is BlockKind.EXHIBIT), None)
