"""Assurance levels as forms show them: in words, letters or colour alone, under or beside their updates' labels."""

import colorsys
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svreport.model import names
from svreport.model.level import LevelScale

# How forms colour the four levels, in degrees of the colour circle.
_HUES = {"Red": 0, "Amber": 42, "Green": 125, "Blue": 212}
_MOST_LABELS = 60
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


def label_keys(rows: Sequence[Sequence[Token]], scale: LevelScale) -> frozenset[str]:
    """The keys of what counts as an update's label among the paragraphs of all level cells: what is called like one,
    and what stands in at least half of the cells; in a form where nothing does, every text that is no level.
    """
    told = [
        {names.key(label) for token in tokens if (label := _parted(token.text, scale)[0])} for tokens in rows
    ]
    counts = Counter(key for labels in told for key in labels)
    like = {key for key in counts if _is_like_label(key)}
    often = {key for key, times in counts.items() if 2 * times >= len(rows) and len(rows) > 1}
    plain = {key for key in counts if not _mentions(key, scale)}
    return frozenset(like | (often & plain) or plain)


def ratings_of(
    tokens: Sequence[Token], scale: LevelScale, labels: frozenset[str] | None = None
) -> list[Rated]:
    """The labels and levels of one level cell in order; a level without a label before it has an empty one.

    Words that are neither a level nor one of `labels`, where these are known, are beside the level before them.
    """
    labels = label_keys([tokens], scale) if labels is None else labels
    rated: list[Rated] = []
    labelled: list[Token | None] = []
    for token in tokens:
        label, level, gloss = _parted(token.text, scale)
        if label and level is None and names.key(label) not in labels:
            if not rated:
                rated.append(Rated(""))
                labelled.append(None)
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
            rated[-1].level = level
            rated[-1].gloss = " ".join(filter(None, (rated[-1].gloss, gloss)))
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
    text = " ".join(text.split())
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
    """Every label once, as it is first written, each cell's order kept; new ones go behind the one they follow.

    No form has more than 60: what is beyond is no label.
    """
    labels: list[str] = []
    for cell in told:
        before = -1
        for label in cell:
            at = next((n for n, each in enumerate(labels) if same_label(each, label)), None)
            if at is None and len(labels) == _MOST_LABELS:
                continue
            if at is None:
                at = before + 1
                labels.insert(at, label)
            before = at
    return labels
