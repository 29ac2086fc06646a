"""What a template's tag can place, besides plain text: laid out in Word when the template is filled."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from svreport.model import names
from svreport.model.level import Level
from svreport.narrative.blocks import Block


@dataclass(frozen=True, slots=True)
class Rich:
    """Blocks, placed by `{{p … }}` in a paragraph of its own, which they replace.

    `mark` names a hidden bookmark that is put around them, empty for none. `marks` does so for the blocks of each
    cell: the name, and how many blocks follow on from the last one's; a text without blocks leaves an empty paragraph
    with its first mark in drafts, to be written into.
    """

    blocks: tuple[Block, ...]
    mark: str = ""
    marks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One update in a stack: its label, empty for none, and level; `mark` stands for a level that could not be read.

    `bookmark` names the hidden bookmark that is put around the level, empty for none.
    """

    label: str
    level: Level | None
    mark: str = ""
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """The levels of a condition or risk, update under update, placed by `{{p … }}`.

    Each step is a paragraph with the label and, unless the update is still to come, one with the level's word on its
    colour.
    """

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """One level's word on its colour, placed by `{{p … }}`."""

    level: Level


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address (`mailto:` or `https:`), placed by `{{r … }}` in a run of its own."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is drawn only where a template places it, by `{{p … }}` in a paragraph of its own.

    `name` is unique among the charts of a context, and empty for one that has nothing to show; `draw` gives its
    picture, or the marks of what it cannot show; `identity` stands for what that would be, without drawing it.
    """

    name: str = ""
    draw: Callable[[], tuple[Block, ...]] = tuple
    identity: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class Later:
    """Stands in a context for a value that is worked out once, when a template names it."""

    make: Callable[[], object]


# How the names of our own bookmarks begin; one that begins with `_` is hidden in Word.
OURS = "_svreport_"
# The bookmark around the sign-off, whose words are no part of what is signed.
SIGN_OFF = OURS + "sign_off"

Field = str | Rich | Stack | Shade | Link | Chart

# How the names of bookmarks begin whose paragraphs others refer to.
PARAGRAPH = "_para_"


def bookmark_of(paragraph: str) -> str:
    """The bookmark of a paragraph's name: letters and digits as far as Word takes them, and what makes it different."""
    key = names.key(paragraph)
    plain = re.sub(r"[^a-z0-9]+", "_", key).strip("_")[:20]
    return f"{PARAGRAPH}{plain}_{sha256(key.encode()).hexdigest()[:8]}"
