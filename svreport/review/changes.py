"""What changed: since the previous workbook, or since an earlier draft of this one."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.references import headed, reference_key
from svreport.model.submission import Condition, Risk, Submission
from svreport.review.snapshot import Item, ItemKind, Snapshot, snapshot

_NAMES = {
    ItemKind.ACTUAL: "actual restated",
    ItemKind.FORECAST: "forecast changed",
    ItemKind.FINANCE: "finance changed",
}
# What is new in every update says nothing when the previous update's workbook lacks it.
_GROWS = (ItemKind.ACTUAL, ItemKind.FORECAST, ItemKind.FINANCE, ItemKind.LEVEL, ItemKind.DATE)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `before` and `after` are empty, and their places None, where there is nothing on that side."""

    kind: str
    what: str
    before: str
    after: str
    place_before: Place | None
    place: Place | None


def since_previous(now: Facts, previous: Facts) -> tuple[Change, ...]:
    """What differs from the previous workbook, the levels that moved first.

    Figures for new periods and the dates of new updates are no changes; a text that stands word for word as it stood
    is told as carried over.
    """
    moved = list(_moved_levels(now.submission, previous.submission))
    before, after = snapshot(previous), snapshot(now)
    growing = {item.place for item in after if item.kind in _GROWS}
    differences = [
        replace(change, kind="past level changed") if change.kind == "level changed" else change
        for change in between(before, after)
        if change.kind != "date changed" and not (change.kind == "added" and change.place in growing)
    ]
    carried = list(_carried_over(before, after))
    return (*moved, *differences, *carried)


def between(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Every item that differs, in the order of the later snapshot; what is gone stands at the end."""
    earlier, later = _by_key(before), _by_key(after)
    changes: list[Change] = []
    for key, items in later.items():
        changes += _aligned(earlier.get(key, []), items)
    for key, items in earlier.items():
        if key not in later:
            changes += _aligned(items, [])
    return tuple(changes)


def _by_key(items: Iterable[Item]) -> dict[tuple[ItemKind, str], list[Item]]:
    by_key: dict[tuple[ItemKind, str], list[Item]] = {}
    for item in items:
        by_key.setdefault((item.kind, item.key), []).append(item)
    return by_key


def _aligned(before: list[Item], after: list[Item]) -> Iterator[Change]:
    """The differences of two runs of items; a block put in between leaves those around it alone."""
    matcher = difflib.SequenceMatcher(
        None, [each.value for each in before], [each.value for each in after], False
    )
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = before[start:end], after[new_start:new_end]
        for position in range(max(len(old), len(new))):
            was = old[position] if position < len(old) else None
            now = new[position] if position < len(new) else None
            yield _change(was, now)


def _change(was: Item | None, now: Item | None) -> Change:
    told = now or was
    assert told is not None  # noqa: S101 — one side is always there
    one_sided = "added" if now else "gone"
    return Change(
        _NAMES.get(told.kind, f"{told.kind} changed") if was and now else one_sided,
        told.what,
        was.value if was else "",
        now.value if now else "",
        was.place if was else None,
        now.place if now else None,
    )


def _carried_over(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    earlier = {(item.key, item.value): item for item in before if item.kind is ItemKind.TEXT}
    for item in after:
        was = earlier.get((item.key, item.value))
        if item.kind is ItemKind.TEXT and was:
            yield Change("text carried over", item.what, was.value, item.value, was.place, item.place)


def _moved_levels(now: Submission, previous: Submission) -> Iterator[Change]:
    if now.current is None or previous.current is None:
        return
    pairs: tuple[tuple[str, Iterable[Condition | Risk], Iterable[Condition | Risk]], ...] = (
        ("Condition", now.conditions, previous.conditions),
        ("Risk", now.risks, previous.risks),
    )
    for word, rows, earlier_rows in pairs:
        earlier = {reference_key(row.ref.value or "", word): row for row in earlier_rows}
        for row in rows:
            was = earlier.get(reference_key(row.ref.value or "", word))
            level = row.levels[now.current]
            if was is None or level.value is None:
                continue
            level_then = was.levels[previous.current]
            if level_then.value is not None and level_then.value.name != level.value.name:
                what = headed(row.ref.value or "", word)
                yield Change(
                    "level moved",
                    what,
                    level_then.value.name,
                    level.value.name,
                    level_then.place,
                    level.place,
                )
