"""Texts that a paper has a few lines for: cut between words, and visibly so."""

from collections.abc import Iterable
from dataclasses import replace

from svreport.documents.wording import cut
from svreport.model.pack_sheets import LINE
from svreport.narrative.blocks import Block, List, ListItem, Paragraph, Run

_CUT = " …"


def shortened(blocks: tuple[Block, ...], most: int) -> tuple[Block, ...]:
    """The beginning of a text that takes no more room than so many characters; a table or picture takes all of it.

    A paragraph, or a point of a list, that does not fill its line takes a whole one.
    """
    return tuple(_Cutter(most).blocks(blocks))


class _Cutter:
    def __init__(self, most: int) -> None:
        self._left = most
        self._is_over = False

    def blocks(self, blocks: Iterable[Block]) -> list[Block]:
        kept: list[Block] = []
        for block in blocks:
            if self._is_over:
                break
            if isinstance(block, Paragraph):
                kept.append(self._paragraph(block))
            elif isinstance(block, List):
                items = tuple(self._items(block.items))
                if items:
                    kept.append(replace(block, items=items))
            else:
                self._is_over = True
                kept.append(Paragraph((Run(_CUT.strip()),)))
        return kept

    def _items(self, items: Iterable[ListItem]) -> Iterable[ListItem]:
        for item in items:
            if self._is_over:
                return
            yield replace(item, blocks=tuple(self.blocks(item.blocks)))

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        kept: list[Run] = []
        room = self._left
        for run in paragraph.runs:
            if len(run.text) <= room:
                kept.append(run)
                room -= len(run.text)
                continue
            self._is_over = True
            shown = cut(run.text, room) if room > len(_CUT) else ""
            words = shown.removesuffix(_CUT).removesuffix("…").rstrip()
            if words and run.figure is None:  # half a figure would be another
                before = " " if run.text[:1].isspace() and kept else ""
                kept.append(replace(run, text=before + words))
            open_ended = not kept or kept[-1].text[-1:].isspace()
            kept.append(Run(_CUT.strip() if open_ended else _CUT))
            break
        length = sum(len(run.text) for run in paragraph.runs)
        self._left = max(self._left - max(length, LINE), 0)
        return Paragraph(tuple(kept))
