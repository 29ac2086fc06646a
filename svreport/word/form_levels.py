"""Assurance levels as forms show them: in words, letters or colour alone, under or beside their updates' labels."""

import colorsys
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svreport.model import names
from svreport.model.level import LevelScale

# How forms colour the four levels, in degrees of the colour circle.
_HUES = {"Red": 0, "Amber": 42, "Green": 125, "Blue": 212}
_PALEST = 0.12
_DARKEST = 0.2
_JOINED = re.compile(r"[\s:–—=-]+")
_LABEL = re.compile(
    r"(update|quarter|q|term|round|return|report)\b ?\d?|previous|current|last|this|"
    r"\(?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
)
_EMPTY = frozenset({"", "-", "–", "n/a", "tbc", "not yet due", "to follow"})


@dataclass(frozen=True, slots=True)
class Token:
    """One paragraph of a level cell: its words, the colour it stands on, its cell's number and that cell's colour."""

    text: str
    fill: str | None
    cell: int = 0
    cell_fill: str | None = None


@dataclass(slots=True)
class Rated:
    """An update's label as the form has it, its level, and words beside the level that were no part of it."""

    label: str
    level: str | None = None
    gloss: str = ""


def level_of_colour(fill: str | None, scale: LevelScale) -> str | None:
    """The level whose colour this is: the scale's own, else the nearest of blue, green, amber and red by hue."""
    if fill is None:
        return None
    for level in scale.levels:
        if level.colour.lstrip("#").upper() == fill.upper():
            return level.name
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, bright = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _PALEST or bright < _DARKEST:
        return None
    nearest = min(
        _HUES, key=lambda name: min(abs(hue * 360 - _HUES[name]), 360 - abs(hue * 360 - _HUES[name]))
    )
    held = scale.read(nearest)
    return held.name if held else None


def ratings_of(tokens: Sequence[Token], scale: LevelScale) -> list[Rated]:
    """The labels and levels of one level cell in order; a level without a label before it has an empty one."""
    parted = [(token, *_parted(" ".join(token.text.split()), scale)) for token in tokens]
    told = any(label and _is_like_label(label) for _, label, _, _ in parted)
    rated: list[Rated] = []
    labelled: list[Token | None] = []
    for token, label, level, gloss in parted:
        if (
            label
            and level is None
            and rated
            and not _is_like_label(label)
            and (told or _mentions(label, scale))
        ):
            rated[-1].gloss = " ".join(filter(None, (rated[-1].gloss, label)))
            continue
        if level is None and not label:
            level = level_of_colour(token.fill or token.cell_fill, scale)
            if level is None:
                continue
        if label or not rated or rated[-1].level is not None:
            rated.append(Rated(label))
            labelled.append(token if label else None)
        if level is not None:
            rated[-1].level, rated[-1].gloss = level, gloss
    if not any(each.level for each in rated):
        cells = [token.cell for token in labelled if token is not None]
        for each, held in zip(rated, labelled, strict=True):
            if held is not None:
                fill = held.fill or (held.cell_fill if cells.count(held.cell) == 1 else None)
                each.level = level_of_colour(fill, scale)
    return rated


def _is_like_label(text: str) -> bool:
    return _LABEL.match(names.key(text)) is not None


def _mentions(text: str, scale: LevelScale) -> bool:
    """True where a level is named among other words: `Red to Amber`."""
    return any(re.search(rf"\b{re.escape(names.key(each))}\b", names.key(text)) for each in scale.names)


def _parted(text: str, scale: LevelScale) -> tuple[str, str | None, str]:
    """(label, level, gloss) of one paragraph: either alone, or `Update 1 (May): Green`."""
    level, gloss = _level(text, scale)
    if level is not None:
        return "", level, gloss
    if names.key(text) in _EMPTY:
        return "", None, ""
    for found in reversed(list(_JOINED.finditer(text))[:12]):
        label, rest = text[: found.start()].strip(), text[found.end() :]
        level, gloss = _level(rest, scale)
        if level is not None and _is_like_label(label):
            return label, level, gloss
    return text.rstrip(" :"), None, ""


def _level(text: str, scale: LevelScale) -> tuple[str | None, str]:
    held = scale.read(text.strip("()[]. ")) or scale.read(text)
    if held is None:
        return None, ""
    gloss = re.sub(rf"(?i)^\W*({re.escape(held.name)}|{re.escape(held.name[0])}\b)[\W_]*", "", text)
    return held.name, gloss.rstrip(" )]")


def same_label(first: str, second: str) -> bool:
    """True where two ways to write an update's label mean the same: `Update 1 (May)`, `update 1 May`, `Update 1`."""
    one, other = (re.sub(r"[^\w]+", " ", names.key(each)).strip() for each in (first, second))
    if one == other:
        return True
    starts = [re.match(r"(update|quarter|q) ?(\d+)\b *(.*)", each) for each in (one, other)]
    if starts[0] is None or starts[1] is None or starts[0][2] != starts[1][2]:
        return False
    rest, other_rest = starts[0][3], starts[1][3]
    return not rest or not other_rest or rest[:3] == other_rest[:3]


def labels_in_order(told: Iterable[Sequence[str]]) -> list[str]:
    """Every label once, as it is first written, each cell's order kept; new ones go behind the one they follow."""
    labels: list[str] = []
    for cell in told:
        before = -1
        for label in cell:
            at = next((n for n, each in enumerate(labels) if same_label(each, label)), None)
            if at is None:
                at = before + 1
                labels.insert(at, label)
            before = at
    return labels
