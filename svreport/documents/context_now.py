"""What papers tell of where things stand: indicators, levels now and before, and the figures that matter most."""

from dataclasses import dataclass

from svreport.word.fields import Rich, Stack

NO_STACK = Stack(())


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One row of indicators, as its metric's data or the row itself says.

    `trend` is `rising`, `falling` or `steady`, told since the period `since`; `better` and `worse` say which way that
    is. `standing` is `Met`, `Not yet met`, `Missed`, `Not met`, `On track` or `Off track`, `forecast` whether the
    target is the metric's forecast. What is not known is empty.
    """

    baseline: str = ""
    baseline_period: str = ""
    latest: str = ""
    latest_period: str = ""
    target: str = ""
    forecast: bool = False
    by: str = ""
    trend: str = ""
    since: str = ""
    better: bool = False
    worse: bool = False
    standing: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LevelThenAndNow:
    """How many conditions have a level now and had it at the update before, and which have it now (`1, 2 and 3.1`)."""

    name: str
    shaded: Stack
    now: int
    before: int
    conditions: str


@dataclass(frozen=True, slots=True)
class LevelMove:
    """A condition whose level moved: `way` is `better` or `worse`, `short` its wording's beginning."""

    heading: str
    short: str
    before: str
    before_shaded: Stack
    now: str
    now_shaded: Stack
    way: str


@dataclass(frozen=True, slots=True)
class Movement:
    """The conditions' levels now against those at the update called `before`, which is empty where there is none.

    `better`, `worse`, `same` and `new` count conditions; `unread` has the marks of levels that could not be read.
    `moves` are those that moved, the worst first, and `most` the first three of them; `more` says how many others
    there are, and which: empty where there are none.
    """

    before: str = ""
    counts: tuple[LevelThenAndNow, ...] = ()
    better: int = 0
    worse: int = 0
    same: int = 0
    new: int = 0
    unread: str = ""
    moves: tuple[LevelMove, ...] = ()
    most: tuple[LevelMove, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the three figures that matter most: the deficit, or a measure (`is_deficit` tells which).

    `value` stands against `against`, which is what `of` says: `limit`, `agreement` or `forecast`; `gap` is how far,
    without its sign (in points between two percentages), and `above` or `below` on which side. `basis` is how a limit
    counts DfE's payments.
    """

    title: str = ""
    value: str = ""
    period: str = ""
    is_deficit: bool = False
    is_surplus: bool = False
    against: str = ""
    of: str = ""
    basis: str = ""
    gap: str = ""
    above: bool = False
    below: bool = False
    off_track: bool = False


@dataclass(frozen=True, slots=True)
class FirstHeadline:
    """The first headline under one heading of the return, no longer than three lines."""

    heading: str
    text: Rich
