"""What text becomes: paragraphs, lists, tables and pictures, free of Markdown and of Word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from svreport.model.facts import Figure


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a newline in it is a line break within its paragraph.

    `figure` is set where the text was put in by `{{ }}`; `mark` where it is a visible mark of a fault
    (`[TXT-02 Progress!C7]`) and not the author's words.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    figure: Figure | None = None
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


class ListKind(StrEnum):
    """How a list's items are marked."""

    BULLET = "bullet"
    NUMBER = "number"
    LETTER = "letter"
    ROMAN = "roman"


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item's paragraphs, and the lists and tables inside it; `mark` is a name by which a draft knows it again."""

    blocks: tuple["Block", ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """Every list is a list of its own and starts at `start` (1 is `1`, `a` or `i`).

    `closing` is what stands behind the number or letter as it was typed: `.`, `)`, or `()` for both sides; `upper` is
    True where letters or numerals were typed as capitals.
    """

    kind: ListKind
    items: tuple[ListItem, ...]
    start: int = 1
    closing: str = "."
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    runs: tuple[Run, ...]
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A heading row and the rows under it, each as wide as `header`.

    `row_headings` is True where each row's first cell names the row, as in the tables of exhibits; `title` is then
    the text of the corner.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_headings: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG with the text that stands for it; width and height are its natural size in pixels."""

    data: bytes
    alt_text: str
    width: int
    height: int
    name: str

    @property
    def key(self) -> str:
        """Stands for the bytes of a picture that may still be drawn; empty for one that is there."""
        return ""

    @property
    def shows(self) -> str:
        """Stands for what a reader sees of it, without waiting for its bytes."""
        return sha256(self.data).hexdigest()


Block = Paragraph | List | Table | Picture


def runs_of(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """Every run of the blocks, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, List):
            for item in block.items:
                yield from runs_of(item.blocks)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row:
                    yield from cell.runs


def text_of(blocks: tuple[Block, ...]) -> str:
    """The words of the blocks, without any marks of style."""
    return text_of_runs(runs_of(blocks))


def text_of_runs(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
