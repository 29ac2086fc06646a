"""The cells whose text the documents print, sorted by what they are about, and the name that a draft knows each by."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.pack_sheets import ColumnType, PackSheet, SheetRow
from svreport.model.references import headed, reference_key
from svreport.model.submission import BlockKind, ProgressBlock, Submission
from svreport.word.marks import CellMark, MarkKind

HEADINGS = ("Drivers", "Barriers", "Engagement")


@dataclass(frozen=True, slots=True)
class TextCell:
    """One cell of a story. `key` is what the story is about in a form that two workbooks share, `about` the same for a
    reader, `order` counts its cells; `group` is what all of them hold.

    A story without cells yet has one whose place is a whole sheet.
    """

    key: str
    about: str
    order: int
    kind: MarkKind
    entry: Entry[str]
    group: str

    @property
    def mark(self) -> CellMark:
        return CellMark.of(self.kind, self.key, self.order, source_of(self.entry), self.group)


def source_of(entry: Entry[str]) -> str:
    """What a cell held, for telling whether it holds the same now; one that could not be read is told by its fault."""
    return f"\x00{entry.fault}" if entry.fault else entry.value or ""


def text_cells(submission: Submission) -> tuple[TextCell, ...]:
    """Every cell whose text, or exhibit, the documents place, in the order of the documents."""
    return tuple(_cells(submission))


def level_mark(word: str, ref: Entry[str], order: int, level: str) -> str:
    """The name for the level of a condition or risk at the update number `order`."""
    return CellMark.of(MarkKind.LEVEL, level_key(word, ref), order, level, "").name


def level_key(word: str, ref: Entry[str]) -> str:
    return f"{word.casefold()} {reference_key(ref.value or '', word)}"


def _cells(submission: Submission) -> Iterator[TextCell]:
    yield from _story("adviser support", "Specialist adviser support", [submission.programme.adviser_support])
    for question in submission.questions:
        ref = question.ref.value or ""
        yield from _story(f"question {names.key(ref)}", f"Question {ref}: commentary", [question.commentary])
    for heading in HEADINGS:
        told = [
            each.text
            for each in submission.headlines
            if names.key(each.heading.value or "") == names.key(heading)
        ]
        yield from _story(f"headlines {names.key(heading)}", f"Headlines: {heading}", told, "Headlines")
    progress = progress_by_condition(submission.progress)
    seen: set[str] = set()
    for condition in submission.conditions:
        key = reference_key(condition.ref.value or "", "Condition")
        if key in seen:
            continue
        seen.add(key)
        about = f"{headed(condition.ref.value or '', 'Condition')}: progress"
        rows = progress.get(key, [])
        sheet = submission.progress[0].content.place.sheet if submission.progress else "Progress"
        yield from _story(f"progress {key}", about, rows, sheet)
    for risk in submission.risks:
        ref = risk.ref.value or ""
        key, what = reference_key(ref, "Risk"), headed(ref, "Risk")
        yield from _story(f"mitigation {key}", f"{what}: mitigation", [risk.mitigation])
        yield from _story(f"risk progress {key}", f"{what}: progress", [risk.progress])
    for paper in submission.pack_sheets:
        yield from _of_paper(paper)


# The cells of a pack's row by which the row is known again.
_SHORT = (
    ColumnType.NAME,
    ColumnType.TEXT,
    ColumnType.CHOICE,
    ColumnType.METRIC,
    ColumnType.SCENARIO,
    ColumnType.ROW,
    ColumnType.REFERENCE,
)


def _of_paper(sheet: PackSheet) -> Iterator[TextCell]:
    """The texts of a pack's sheet, each a story of its own; rows are known by their short cells, and by their order
    among those that have the same ones.
    """
    columns = [each for each in sheet.declared.columns if each.type is ColumnType.MARKDOWN]
    alike: Counter[str] = Counter()
    for row in sheet.rows if columns else ():
        short = _short_cells(row, sheet)
        alike[short] += 1
        for column in columns:
            entry = row.entries[column.field]
            if entry.value:
                key = f"sheet {sheet.declared.field} {column.field} {alike[short]} {short}"
                about = f"{sheet.declared.name}, row {entry.place.row}: {column.heading}"
                yield from _story(key, about, [entry])


def _short_cells(row: SheetRow, sheet: PackSheet) -> str:
    told = (row.entries[each.field].value for each in sheet.declared.columns if each.type in _SHORT)
    return "\x1f".join(names.key(each or "") for each in told)


def progress_by_condition(rows: Iterable[ProgressBlock]) -> dict[str, list[ProgressBlock]]:
    """The rows of progress under the key of their condition's reference."""
    found: dict[str, list[ProgressBlock]] = {}
    for row in rows:
        found.setdefault(reference_key(row.condition.value or "", "Condition"), []).append(row)
    return found


def _story(
    key: str, about: str, rows: "list[Entry[str]] | list[ProgressBlock]", sheet: str = ""
) -> Iterator[TextCell]:
    entries = [each.content if isinstance(each, ProgressBlock) else each for each in rows]
    kinds = [
        MarkKind.EXHIBIT
        if isinstance(each, ProgressBlock) and each.kind.value is BlockKind.EXHIBIT
        else MarkKind.ITEM
        if key.startswith("headlines ")
        else MarkKind.TEXT
        for each in rows
    ]
    group = "\x1f".join(source_of(each) for each in entries)
    if not entries:
        yield TextCell(key, about, 0, MarkKind.TEXT, Entry(None, Place(sheet)), group)
    for order, (entry, kind) in enumerate(zip(entries, kinds, strict=True)):
        yield TextCell(key, about, order, kind, entry, group)
