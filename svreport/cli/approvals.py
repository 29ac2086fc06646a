"""How a build tells the content code, the approvals, and why a return is not final."""

from collections.abc import Iterator
from itertools import takewhile

from svreport.cli import printing
from svreport.pipeline.building import Built
from svreport.pipeline.finality import Fallen
from svreport.review.changes import Change

_MOST_CHANGES = 5
_LONGEST_WORDS = 90
_WORDS_AROUND = 3


def approvals_text(built: Built) -> Iterator[str]:
    """The content code with a line for each approval, and for each code that was approved before what changed since."""
    state = "final" if built.finality.is_final else "draft"
    yield f"content code {built.code} ({state})"
    yield from (f"    {standing.told}" for standing in built.finality.approvals)
    for code, each in {each.code: each for each in built.fallen}.items():
        yield f"    since {code}:"
        yield from (f"        {line}" for line in _since(each))


def refusal_text(workbook: str, reasons: tuple[str, ...]) -> str:
    """Why a final was not written."""
    return "\n".join(
        [f"{workbook} is not final, and nothing was written:", *(f"    {each}" for each in reasons)]
    )


def change_text(change: Change) -> str:
    """One difference in a line: where, what, from and to; of long words only the stretch that differs."""
    place = change.place or change.place_before
    told = f"{place}  {change.kind}: {change.what}"
    if change.before and change.after and change.before != change.after:
        before, after = differing(change.before, change.after)
        return f"{told}, from “{before}” to “{after}”"
    return f"{told}: “{printing.shortened(change.after or change.before, _LONGEST_WORDS)}”"


def differing(before: str, after: str) -> tuple[str, str]:
    """Both without what they share at either end, but for a word or two to know the place by."""
    old, new = before.split(), after.split()
    shared = _shared(old, new)
    ending = _shared(old[shared:][::-1], new[shared:][::-1])
    start = max(0, shared - _WORDS_AROUND)
    left_out = max(0, ending - _WORDS_AROUND)
    told = [
        printing.shortened(
            f"{'… ' if start else ''}{' '.join(words[start : len(words) - left_out])}{' …' if left_out else ''}",
            _LONGEST_WORDS,
        )
        for words in (old, new)
    ]
    return told[0], told[1]


def _shared(first: list[str], second: list[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _since(fallen: Fallen) -> Iterator[str]:
    if fallen.changes is None:
        yield "what was approved is not kept here, so the changes since cannot be told"
        return
    if not fallen.changes:
        yield "nothing in the workbook differs from what was approved: a template or picture changed"
        return
    yield from (change_text(each) for each in fallen.changes[:_MOST_CHANGES])
    more = len(fallen.changes) - _MOST_CHANGES
    if more > 0:
        yield f"and {printing.counted(more, 'more change', 'more changes')}"
