"""What changed since the previous workbook, sorted into the tables of the review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from svreport.documents.review_pack.context import ChangeRow, FinanceChanges, TextChange
from svreport.documents.review_pack.finance import finance_changes
from svreport.documents.review_pack.headlines import signed
from svreport.documents.words_changed import changed_words
from svreport.model import formats
from svreport.model.finding import Place
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.narrative.blocks import Block, Paragraph, Run
from svreport.review.changes import Change
from svreport.review.material import Material
from svreport.review.numbers import passages_of
from svreport.word.fields import Rich

# Every return names another update and another workbook than the one before.
_ALWAYS = ("Current update", "Previous workbook")


@dataclass(frozen=True, slots=True)
class SortedChanges:
    """Each change once, in the order in which they were found."""

    levels: tuple[ChangeRow, ...]
    past: tuple[ChangeRow, ...]
    forecasts: tuple[ChangeRow, ...]
    finance: tuple[FinanceChanges, ...]
    texts: tuple[TextChange, ...]
    others: tuple[TextChange, ...]
    added: tuple[TextChange, ...]
    gone: tuple[TextChange, ...]
    carried_over: tuple[ChangeRow, ...]


def sorted_changes(changes: Iterable[Change], material: Material) -> SortedChanges:
    """The changes by what a reviewer does with them; what differs in every return is left out."""
    told = [change for change in changes if not (change.kind != "text changed" and change.what in _ALWAYS)]
    by_kind: dict[str, list[Change]] = {}
    for change in told:
        by_kind.setdefault(change.kind, []).append(change)

    def rows(*kinds: str) -> tuple[ChangeRow, ...]:
        return tuple(_row(change) for kind in kinds for change in by_kind.pop(kind, ()))

    def texts(kind: str) -> tuple[TextChange, ...]:
        return tuple(_text(change, material) for change in by_kind.pop(kind, ()))

    return SortedChanges(
        levels=rows("level moved"),
        past=rows("past level changed", "actual restated"),
        forecasts=rows("forecast changed"),
        finance=finance_changes(material) if by_kind.pop("finance changed", ()) else (),
        texts=(*texts("text changed"), *texts("wording changed")),
        added=texts("added"),
        gone=texts("gone"),
        carried_over=rows("text carried over"),
        others=tuple(each for kind in list(by_kind) for each in texts(kind)),
    )


def _row(change: Change) -> ChangeRow:
    return ChangeRow(
        change.what,
        change.before,
        change.after,
        _difference(change.before, change.after),
        str(change.place_before or ""),
        str(change.place or ""),
    )


def _text(change: Change, material: Material) -> TextChange:
    before = _words(change.place_before, material.previous_texts, change.before)
    after = _words(change.place, material.texts, change.after)
    was, now = changed_words(before, after)
    return TextChange(
        change.what, _rich(was), _rich(now), str(change.place_before or ""), str(change.place or "")
    )


def _words(place: Place | None, texts: Mapping[Place, tuple[Block, ...]], typed: str) -> str:
    """A text as its readers saw it, its figures in place; what is no such text as it was typed."""
    blocks = texts.get(place) if place else None
    return "\n".join(passage.text for passage in passages_of(blocks)) if blocks else typed


def _rich(runs: tuple[Run, ...]) -> Rich:
    return Rich((Paragraph(runs),) if runs else ())


def _difference(before: str, after: str) -> str:
    """What two printed figures differ by, empty where one of them is none."""
    was, now = _quantity(before), _quantity(after)
    if was is None or now is None or was.unit is not now.unit:
        return ""
    amount = now.amount - was.amount
    return signed(Quantity(amount, now.unit, min(2, decimals_of(amount))))


def _quantity(printed: str) -> Quantity | None:
    """The figure that svreport printed as a number, a percentage or pounds."""
    bare = printed.replace(formats.MINUS, "-").replace(",", "")
    unit = Unit.PERCENT if bare.endswith("%") else Unit.POUNDS if "£" in bare else Unit.NUMBER
    worth = 1_000_000 if unit is Unit.POUNDS and bare.endswith("m") else 1
    try:
        amount = Decimal(bare.replace("£", "").removesuffix("%").removesuffix("m")) * worth
    except InvalidOperation:
        return None
    return Quantity(amount, unit) if amount.is_finite() else None
