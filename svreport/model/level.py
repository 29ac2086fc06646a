"""Assurance levels: the council's own rating, best first, each with a colour and its definition."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from svreport.model import names

# Fills that pass 4.5:1 with the text colour that `text_on` gives (WCAG 2.2, 1.4.3).
NAMED_COLOURS = {"Blue": "#1D70B8", "Green": "#00703C", "Amber": "#FFBF00", "Red": "#D4351C"}


@dataclass(frozen=True, slots=True)
class Level:
    """One assurance level; `colour` is `#RRGGBB`, `rank` counts from 0, the best."""

    name: str
    colour: str
    definition: str
    rank: int

    @property
    def text_colour(self) -> str:
        return text_on(self.colour)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class LevelScale:
    """The levels of a workbook, best first."""

    levels: tuple[Level, ...]

    def read(self, text: str) -> Level | None:
        """The level that a person wrote: whatever its case, by its first letter where only one level begins so,
        or with a gloss behind it (`Amber - off track`); None when it is none of them.
        """
        wanted = names.key(text)
        for level in self.levels:
            if wanted == names.key(level.name):
                return level
        named = [
            level for level in self.levels if _glossed(wanted, names.key(level.name), r"\s*[-–—:;,(./]|\s+\w")
        ]
        if named:
            longest = max(named, key=lambda level: len(level.name))
            return None if self._names_another(wanted, longest) else longest
        by_initial = [
            level for level in self.levels if _glossed(wanted, names.key(level.name)[:1], r"\s*[-–—:;,(]")
        ]
        return by_initial[0] if len(by_initial) == 1 else None

    def _names_another(self, text: str, level: Level) -> bool:
        """True for `Green to Amber`, `Amber or Red` and `Amber-Green`: two levels at once are none."""
        others = "|".join(re.escape(names.key(each.name)) for each in self.levels if each is not level)
        after = text[len(names.key(level.name)) :]
        joined = rf"\s*[-–]?\s*(to|or|and|>|→|/)\s*({others})\b|[\s–—,;:/(-]*({others})[\s).]*$"
        return bool(others) and re.match(joined, after) is not None

    @property
    def names(self) -> list[str]:
        return [level.name for level in self.levels]


def _glossed(text: str, name: str, gloss: str) -> bool:
    """True where `text` is `name`, or `name` and then a gloss that begins as the pattern says."""
    return bool(name) and re.match(f"{re.escape(name)}($|{gloss})", text) is not None


def standard_scale() -> LevelScale:
    """The four levels of the DfE form, with its own definitions."""
    told = (
        ("Blue", "Savings/cost avoidance and/or workstream(s) complete"),
        ("Green", "Savings/cost avoidance and/or workstream(s) remains on target"),
        (
            "Amber",
            "Savings/cost avoidance and/or workstream(s) are currently off target, with plans to mitigate",
        ),
        ("Red", "Savings/cost avoidance and/or workstream(s) are off target"),
    )
    return scale(((name, NAMED_COLOURS[name], definition) for name, definition in told))


def scale(rows: Iterable[tuple[str, str, str]]) -> LevelScale:
    """A scale from (name, `#RRGGBB`, definition), best first."""
    return LevelScale(tuple(Level(*row, rank) for rank, row in enumerate(rows)))


def read_colour(text: str) -> str | None:
    """`#RRGGBB` for one of the four named colours or a hexadecimal one, or None."""
    wanted = names.key(text)
    for name, value in NAMED_COLOURS.items():
        if names.key(name) == wanted:
            return value
    return text.strip().upper() if re.fullmatch(r"#[0-9a-fA-F]{6}", text.strip()) else None


def text_on(fill: str) -> str:
    """Black or white, whichever stands out more on a fill."""
    return "#FFFFFF" if contrast(fill, "#FFFFFF") >= contrast(fill, "#000000") else "#000000"


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
