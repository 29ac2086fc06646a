"""Where the lines' names stand: at the end of each, none over another, and none over a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

from svreport.figures.style import LABEL_SIZE, LINE_HEIGHT, MOST_LABEL_LINES, MOST_LABEL_WIDTH
from svreport.figures.text_width import cut, width, wrapped

Point = tuple[float, float]

_BESIDE = 9.0
_CLEAR = 3.5
_SAMPLED = 3.0
_MOVED = 5.0
_BEYOND = 6.0


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A line's last point, in points from the plot's upper left corner, and the lines of text that name it.

    `is_last` is True where no other line goes on further.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    is_last: bool

    @property
    def width(self) -> float:
        return max(width(line, LABEL_SIZE) for line in self.lines)

    @property
    def height(self) -> float:
        return len(self.lines) * LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name with its left edge and its middle height; `leader` is the thin line to it from where its line ends."""

    lines: tuple[str, ...]
    x: float
    y: float
    leader: tuple[Point, Point] | None = None


def lines_of(label: str) -> tuple[str, ...]:
    """A name broken, and if need be cut short, so that it fits beside the plot."""
    return tuple(cut(wrapped(label, LABEL_SIZE, MOST_LABEL_WIDTH), MOST_LABEL_LINES)) or ("",)


def height_needed(labels: Iterable[tuple[str, ...]]) -> float:
    """How high a plot must be for all names to stand beside it."""
    return sum(len(lines) * LINE_HEIGHT + _CLEAR for lines in labels)


def placed(
    ends: Sequence[LineEnd], paths: Sequence[Sequence[Point]], margin: float, height: float
) -> list[PlacedLabel]:
    """Names stand in a column from `margin` on, moved apart where their lines end close together; that of a line that
    ends early stands beside, above or under its end where nothing is in the way.
    """
    obstacles = [point for path in paths for point in _along(path)]
    boxes: list[tuple[float, float, float, float]] = []
    inside: dict[int, PlacedLabel] = {}
    beside = [n for n, end in enumerate(ends) if end.is_last]
    for n, end in enumerate(ends):
        if n in beside:
            continue
        free = _free_box(end, obstacles, boxes, margin, height)
        if free is None:
            beside.append(n)
        else:
            boxes.append(free)
            inside[n] = PlacedLabel(end.lines, free[0], (free[1] + free[3]) / 2)
    column = _column([ends[n] for n in beside], margin, height)
    return [inside[n] if n in inside else column[beside.index(n)] for n in range(len(ends))]


def _along(path: Sequence[Point]) -> list[Point]:
    points = list(path)
    for (x1, y1), (x2, y2) in pairwise(path):
        steps = ceil(hypot(x2 - x1, y2 - y1) / _SAMPLED)
        points += [(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(1, steps)]
    return points


def _free_box(
    end: LineEnd,
    obstacles: Sequence[Point],
    boxes: Sequence[tuple[float, float, float, float]],
    margin: float,
    height: float,
) -> tuple[float, float, float, float] | None:
    wide, high = end.width, end.height
    above, under = end.y - high - 6, end.y + 6
    corners = [
        (end.x + _BESIDE, end.y - high / 2),
        (end.x - wide / 2, above),
        (end.x - wide / 2, under),
        (end.x - wide, above),
        (end.x - wide, under),
        (end.x, above),
        (end.x, under),
    ]
    for x, y in corners:
        box = (x, y, x + wide, y + high)
        if x < 0 or x + wide > margin or y < 0 or y + high > height:
            continue
        if any(
            x - _CLEAR < px < box[2] + _CLEAR and y - _CLEAR < py < box[3] + _CLEAR for px, py in obstacles
        ):
            continue
        if all(box[2] < b[0] or b[2] < x or box[3] < b[1] or b[3] < y for b in boxes):
            return box
    return None


def _column(ends: Sequence[LineEnd], margin: float, height: float) -> list[PlacedLabel]:
    """Names under each other in the order in which their lines end, as near to those ends as there is room."""
    order = sorted(range(len(ends)), key=lambda n: (ends[n].y, n))
    middles = _apart([ends[n].y for n in order], [ends[n].height + _CLEAR for n in order], height)
    by_position = dict(zip(order, middles, strict=True))
    far = [abs(by_position[n] - end.y) > _MOVED or not end.is_last for n, end in enumerate(ends)]
    x = margin + (_BESIDE if any(far) else 0)
    labels = []
    for n, end in enumerate(ends):
        y = by_position[n]
        labels.append(PlacedLabel(end.lines, x, y, ((end.x + 5, end.y), (x - 2, y)) if far[n] else None))
    return labels


def _apart(wanted: Sequence[float], heights: Sequence[float], height: float) -> list[float]:
    """Middles as near to the wanted ones as their heights allow: neighbours that touch share their shift evenly."""
    groups: list[list[int]] = []
    for n in range(len(wanted)):
        groups.append([n])
        while len(groups) > 1 and _under(groups[-2], wanted, heights) > _upper(groups[-1], wanted, heights):
            groups[-2:] = [groups[-2] + groups[-1]]
    uppers: list[float] = []
    for group in groups:
        upper = _upper(group, wanted, heights)
        for n in group:
            uppers.append(upper)
            upper += heights[n]
    lowest = height + _BEYOND
    for n in reversed(range(len(uppers))):
        uppers[n] = min(uppers[n], lowest - heights[n])
        lowest = uppers[n]
    highest = -_BEYOND
    for n, upper in enumerate(uppers):
        uppers[n] = max(upper, highest)
        highest = uppers[n] + heights[n]
    return [upper + high / 2 for upper, high in zip(uppers, heights, strict=True)]


def _upper(group: Sequence[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    """The upper edge at which a group's members are, taken together, nearest to where they should be."""
    before, total = 0.0, 0.0
    for n in group:
        total += wanted[n] - heights[n] / 2 - before
        before += heights[n]
    return total / len(group)


def _under(group: Sequence[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    return _upper(group, wanted, heights) + sum(heights[n] for n in group)
