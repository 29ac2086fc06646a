"""How charts look: the Government Analysis Function's palette, one bundled face, sizes in points.

A chart is as wide as the progress cell of an A4 landscape form, so that its text is printed at the size set here.
"""

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25")
MARKERS = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "triangle-down",
    "cross",
    "triangle-right",
    "triangle-left",
)
# A forecast is dashed, each one of a chart in its own way; what has happened is a whole line.
DASHES = ((5, 3), (2, 2), (9, 3), (9, 3, 2, 3))

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK = "#000000"
GRID = "#D9D9D9"
LEADER = "#767676"
BACKGROUND = "#FFFFFF"

WIDTH = 468  # 16.5 cm
EDGE = 4.0
PLOT_HEIGHT = 190
TITLE_SIZE = 11
LABEL_SIZE = 9.5
LINE_HEIGHT = 11.5
TITLE_LINE_HEIGHT = 14
MOST_TITLE_LINES = 8
MOST_LABEL_WIDTH = 112
MOST_LABEL_LINES = 6
MOST_KEY_LINES = 3
LINE_WIDTH = 2


def colour(position: int) -> str:
    """Of the series that stands there; the palette repeats after its four colours."""
    return PALETTE[position % len(PALETTE)]


def marker(position: int) -> str:
    """Never the same marker in the same colour before the palette and the markers were gone through together."""
    return MARKERS[(position + position // len(MARKERS)) % len(MARKERS)]


def tint(colour_of_series: str) -> str:
    """A fifth of the colour on white, whatever lies under it."""
    channels = (int(colour_of_series[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - channel) // 5:02X}" for channel in channels)
