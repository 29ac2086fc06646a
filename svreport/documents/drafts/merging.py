"""The edits of several drafts to one text brought together: what they agree on counts once, the rest is a conflict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from svreport.documents.drafts.edits import Kept, StoryEdit, Words
from svreport.documents.text_cells import TextCell

_GONE = "(the text was deleted)"


@dataclass(frozen=True, slots=True)
class Wish:
    """What drafts ask of a text: words (None where the text was deleted), and the drafts that say so."""

    words: Words | None
    drafts: str


@dataclass(slots=True)
class Merged:
    """The edits of one story, from all drafts, numbered as in `StoryEdit`."""

    cells: tuple[TextCell, ...]
    written: dict[int, Wish] = field(default_factory=dict)
    deleted: dict[int, Wish] = field(default_factory=dict)
    inserted: dict[int, list[Wish]] = field(default_factory=dict)
    order: tuple[int, ...] | None = None
    kept: list[Kept] = field(default_factory=list)


def merged(edits: Iterable[StoryEdit]) -> list[Merged]:
    """One result for each story, in the order in which the drafts name them."""
    by_story: dict[tuple[TextCell, ...], list[StoryEdit]] = {}
    for edit in edits:
        by_story.setdefault(edit.cells, []).append(edit)
    return [_merged(cells, told) for cells, told in by_story.items()]


def _merged(cells: tuple[TextCell, ...], edits: Sequence[StoryEdit]) -> Merged:
    result = Merged(cells)
    for edit in edits:
        result.kept += [each for each in edit.kept if not _is_told(each, result.kept)]
    for number in range(len(cells)):
        wishes = [Wish(edit.written[number], edit.draft) for edit in edits if number in edit.written]
        wishes += [Wish(None, edit.draft) for edit in edits if number in edit.deleted]
        distinct: dict[str | None, list[Wish]] = {}
        for wish in wishes:
            distinct.setdefault(wish.words.text if wish.words else None, []).append(wish)
        if len(distinct) == 1:
            agreed = Wish(wishes[0].words, _drafts(each.drafts for each in wishes))
            (result.written if agreed.words else result.deleted)[number] = agreed
        elif distinct:
            why = "two drafts differ there; the workbook keeps its own words until one is chosen"
            result.kept += [
                Kept(
                    cells[number].about,
                    cells[number],
                    text or _GONE,
                    why,
                    _drafts(w.drafts for w in told),
                    True,
                )
                for text, told in distinct.items()
            ]
    _insert(result, edits)
    _arrange(result, edits)
    return result


def _insert(result: Merged, edits: Sequence[StoryEdit]) -> None:
    for edit in edits:
        for behind, words in edit.inserted.items():
            there = result.inserted.setdefault(behind, [])
            for each in words:
                same = next(
                    (n for n, wish in enumerate(there) if wish.words and wish.words.text == each.text), None
                )
                if same is None:
                    there.append(Wish(each, edit.draft))
                else:
                    there[same] = Wish(each, _drafts((there[same].drafts, edit.draft)))


def _arrange(result: Merged, edits: Sequence[StoryEdit]) -> None:
    for edit in edits:
        if edit.order is None:
            continue
        order = tuple(n for n in edit.order if n not in result.deleted)
        missing = tuple(n for n in range(len(result.cells)) if n not in order and n not in result.deleted)
        if result.order is None:
            result.order = (*order, *missing)
        elif result.order != (*order, *missing):
            about = result.cells[0].about
            why = "two drafts put its paragraphs in different orders; that of the first was taken"
            result.kept.append(Kept(about, None, "(another order of paragraphs)", why, edit.draft, True))


def _is_told(kept: Kept, told: Sequence[Kept]) -> bool:
    return any((kept.cell, kept.words, kept.why) == (each.cell, each.words, each.why) for each in told)


def _drafts(drafts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(drafts))
