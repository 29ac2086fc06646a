"""What the Python scripts share: the return's workbook read with pandas, figures filled in, Markdown as blocks."""

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import jinja2
import pandas as pd

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
COLOURS = {"blue": "1D70B8", "green": "00703C", "amber": "FFBF00", "red": "D4351C"}
MONEY = {"£": 1, "£000": 1_000, "£m": 1_000_000}


@dataclass
class Metric:
    """One measure; its data by period, as (actual, forecast)."""

    title: str
    unit: str
    calculated: bool
    data: dict[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    decimals: int = 0


@dataclass
class Figure:
    """A number that prints in its own unit."""

    value: Decimal
    unit: str
    decimals: int

    def __str__(self) -> str:
        if self.unit in MONEY:
            pounds = self.value * MONEY[self.unit]
            if abs(pounds) >= 1_000_000:
                return _signed(pounds / 1_000_000, 2, "£", "m", trim=True)
            return _signed(pounds, 0, "£", "")
        return _signed(self.value, self.decimals, "", "%" if self.unit == "percent" else "")


@dataclass
class Series:
    """What a chart or a table draws: a name and a value for each period; dashed where it is a forecast."""

    name: str
    values: list[Decimal | None]
    decimals: int
    is_forecast: bool
    as_column: bool


@dataclass
class Exhibit:
    name: str
    kind: str
    title: str
    alt_text: str
    source: str
    periods: list[str]
    series: list[Series]

    @property
    def is_chart(self) -> bool:
        return self.kind != "Table"

    @property
    def pixels(self) -> tuple[int, int]:
        """Columns of more than one series, or with a line, are given a little more height."""
        return (1300, 761 if self.series[0].as_column and len(self.series) > 1 else 706)


@dataclass
class Block:
    """A piece of text: `kind` is text, bullet, inner bullet, numbered, table or picture."""

    kind: str
    text: str = ""
    mark: str = ""
    rows: list[list[str]] = field(default_factory=list)
    exhibit: Exhibit | None = None


class Workbook:
    """Every sheet as rows by heading, and what is worked out from them."""

    def __init__(self, path: Path) -> None:
        frames = pd.read_excel(path, sheet_name=None, header=2, dtype=object)
        self.sheets = {name: _rows(frame) for name, frame in frames.items()}
        self.programme = {row["Item"]: row["Value"] for row in self.sheets["Programme"] if "Value" in row}
        self.updates = [row["Update"] for row in self.sheets["Updates"]]
        self.current = self.programme["Current update"]
        self.submitted = self._date("Submitted")
        self.data_as_at = self._date("Data as at")
        self.metrics = self._metrics()
        self.finance = {(row["Scenario"], row["Line"]): row for row in self.sheets["Finance"]}
        self.years = [key for key in frames["Finance"].columns if re.fullmatch(r"\d{4}-\d\d", str(key))]
        self.levels = {row["Level"]: row for row in self.sheets["Assurance levels"]}
        self.rated = {
            row["Ref"]: row for row in [*self.sheets["Conditions"], *self.sheets["Risks"]] if "Ref" in row
        }
        self.exhibits = {row["Exhibit"]: self._exhibit(row) for row in self.sheets["Exhibits"]}
        self.jinja = jinja2.Environment(undefined=jinja2.StrictUndefined)  # noqa: S701 - text, not HTML
        self.jinja.globals.update(
            actual=self.actual,
            forecast=self.forecast,
            gap=self.gap,
            change=self.change,
            finance=self.figure_of_plan,
            level=self.level,
            programme=self.programme.__getitem__,
        )
        self.jinja.filters.update(pounds=pounds, nearest=nearest, size=size, decimals=decimals)

    def _date(self, heading: str) -> str:
        row = next(row for row in self.sheets["Updates"] if row["Update"] == self.current)
        return f"{row[heading].day} {row[heading]:%B %Y}" if heading in row else ""

    def _metrics(self) -> dict[str, Metric]:
        metrics = {
            row["Metric"]: Metric(row["Title"], row["Unit"], "Calculation" in row)
            for row in self.sheets["Metrics"]
        }
        for row in self.sheets["Metric data"]:
            metric = metrics[row["Metric"]]
            pair = (_number(row.get("Actual")), _number(row.get("Forecast")))
            metric.data[row["Period"]] = pair
            metric.decimals = max([metric.decimals, *(_decimals(value) for value in pair)])
        for row in self.sheets["Metrics"]:
            if "Calculation" in row:
                metric = metrics[row["Metric"]]
                metric.data = _calculated(row["Calculation"], metrics)
                metric.decimals = 0 if all(_whole(pair) for pair in metric.data.values()) else 1
        return metrics

    def _exhibit(self, row: dict) -> Exhibit:
        named = [each.strip() for each in row["Series"].split(";")]
        plan = " / " in named[0]
        if plan:
            periods = list(self.years)
        else:
            of = {each.rsplit(" ", 1)[0] for each in named}
            periods = sorted({period for name in of for period in self.metrics[name].data}, key=_order)
        first, last = (_order(row.get(end, periods[at])) for end, at in (("From", 0), ("To", -1)))
        periods = [period for period in periods if first <= _order(period) <= last]
        series = []
        for number, each in enumerate(named):
            as_column = row["Kind"] == "Column chart" or (
                row["Kind"].startswith("Column and") and number == 0
            )
            if plan:
                scenario, line = each.split(" / ")
                scenarios = {name.split(" / ")[0] for name in named}
                values = [_number(self.finance[scenario, line].get(year)) for year in periods]
                name = line if len(scenarios) == 1 else f"{scenario}: {line}"
                series.append(Series(name, values, 0, False, as_column))
                continue
            name, which = each.rsplit(" ", 1)
            metric = self.metrics[name]
            at = 1 if which == "forecast" else 0
            values = [metric.data.get(period, (None, None))[at] for period in periods]
            label = which.capitalize() if len({e.rsplit(" ", 1)[0] for e in named}) == 1 else metric.title
            series.append(Series(label, values, metric.decimals, at == 1, as_column))
        alt_text = row.get("Alt text") or f"{row['Kind']}: {row['Title']}"
        return Exhibit(
            row["Exhibit"], row["Kind"], row["Title"], alt_text, row.get("Source", ""), periods, series
        )

    def _pair(self, name: str, period: str | None) -> tuple[Metric, tuple[Decimal | None, Decimal | None]]:
        metric = self.metrics[name]
        if period is None:
            period = max((p for p, pair in metric.data.items() if pair[0] is not None), key=_order)
        return metric, metric.data[period]

    def actual(self, name: str, period: str | None = None) -> Figure:
        metric, pair = self._pair(name, period)
        return Figure(pair[0], metric.unit, metric.decimals)

    def forecast(self, name: str, period: str | None = None) -> Figure:
        metric, pair = self._pair(name, period)
        return Figure(pair[1], metric.unit, metric.decimals)

    def gap(self, name: str, period: str | None = None) -> Figure:
        metric, pair = self._pair(name, period)
        return Figure(pair[0] - pair[1], metric.unit, metric.decimals)

    def change(self, name: str, period: str) -> Figure:
        metric, pair = self._pair(name, None)
        return Figure(pair[0] - metric.data[period][0], metric.unit, metric.decimals)

    def figure_of_plan(self, scenario: str, line: str, year: str) -> Figure:
        return Figure(_number(self.finance[scenario, line][year]), self.programme["Money in"], 0)

    def level(self, ref: str, update: str | None = None) -> str:
        return self.rated[ref][update or self.current]

    def stack(self, row: dict) -> list[dict]:
        """The level of each update with its colours."""
        return [{"label": update, **self.shown(row[update])} for update in self.updates]

    def shown(self, level: str) -> dict:
        colour = str(self.levels[level]["Colour"]).casefold()
        return {"name": level, "fill": COLOURS[colour], "ink": "000000" if colour == "amber" else "FFFFFF"}

    def text(self, source: str | None) -> list[Block]:
        """Text with its figures filled in, as blocks."""
        return markdown(self.jinja.from_string(source).render()) if source else []

    def people(self, role: str) -> list[dict]:
        return [
            {"described": row.get("Job title") or row["Name"], "email": row["Email"]}
            for row in self.sheets["Contacts"]
            if row["Role"] == role
        ]

    def progress(self) -> dict[str, list[Block]]:
        """What each condition's progress is made of, in order."""
        found: dict[str, list[Block]] = {}
        for row in self.sheets["Progress"]:
            blocks = found.setdefault(row["Condition (or Ref)"], [])
            if row["Kind"] == "Text":
                blocks += self.text(row["Content"])
                continue
            exhibit = self.exhibits[row["Content"]]
            if exhibit.is_chart:
                blocks.append(Block("picture", exhibit=exhibit))
            else:
                blocks.append(Block("table", rows=table(exhibit)))
            if exhibit.source:
                blocks.append(Block("text", f"Source: {exhibit.source}"))
        return found

    def headlines(self, heading: str) -> list[Block]:
        rows = [row for row in self.sheets["Headlines"] if row["Heading"] == heading]
        made = []
        for number, row in enumerate(rows, 1):
            first, *rest = self.text(row["Text"])
            made += [Block("numbered", first.text, f"{number}."), *rest]
        return made

    def questions(self, *refs: str) -> list[dict]:
        return [
            {
                "question": row["Question"],
                "answer": row.get("Answer", ""),
                "commentary": self.text(row.get("Commentary")),
            }
            for row in self.sheets["Questions"]
            if row["Ref"] in refs
        ]

    def conditions(self) -> list[dict]:
        progress = self.progress()
        return [
            {
                "heading": f"Condition {row['Ref']}:",
                "wording": row["Condition"],
                "levels": self.stack(row),
                "progress": progress.get(row["Ref"], []),
            }
            for row in self.sheets["Conditions"]
        ]

    def risks(self) -> list[dict]:
        return [
            {
                "heading": f"{row['Ref']}:",
                "wording": row["Risk"],
                "levels": self.stack(row),
                "mitigation": self.text(row.get("Mitigation")),
                "progress": self.text(row.get("Progress")),
            }
            for row in self.sheets["Risks"]
        ]

    def key(self) -> list[dict]:
        return [{**self.shown(name), "definition": row["Definition"]} for name, row in self.levels.items()]


def _rows(frame: pd.DataFrame) -> list[dict]:
    records = frame.to_dict("records")
    rows = [{key: value for key, value in row.items() if not pd.isna(value)} for row in records]
    return [row for row in rows if row]


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _decimals(value: Decimal | None) -> int:
    return 0 if value is None else max(-value.as_tuple().exponent, 0)


def _whole(pair: tuple[Decimal | None, Decimal | None]) -> bool:
    return all(value is None or value == value.to_integral_value() for value in pair)


def _order(period: str) -> tuple[int, int]:
    """A month like `Apr 2024`, or a financial year like `2024-25`."""
    if "-" in period:
        return int(period[:4]), 0
    month, year = period.split()
    return int(year), MONTHS.index(month) + 1


def short(period: str) -> str:
    """A period as a table and an axis write it."""
    return period.replace("-", "/") if "-" in period else period.replace(" 20", " '")


def _calculated(rule: str, metrics: dict[str, Metric]) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    what, of = re.fullmatch(r"(12-month average of|change in) (.+)", rule).groups()
    data = metrics[of].data
    periods = sorted(data, key=_order)
    length = 12 if what.startswith("12") else 2
    made = {}
    for end in range(length, len(periods) + 1):
        window = periods[end - length : end]
        pair = []
        for at in (0, 1):
            values = [data[period][at] for period in window]
            if None in values:
                pair.append(None)
            else:
                pair.append(sum(values) / 12 if length == 12 else values[1] - values[0])
        made[window[-1]] = tuple(pair)
    return made


def _signed(value: Decimal, places: int, before: str, after: str, trim: bool = False) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{'−' if rounded < 0 else ''}{before}{text}{after}"


def pounds(figure: Figure, unit: str, places: int) -> str:
    return _signed(figure.value * MONEY[figure.unit] / 1_000_000, places, "£", unit)


def nearest(figure: Figure, step: int) -> Figure:
    whole = (figure.value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return Figure(whole, figure.unit, 0)


def size(figure: Figure) -> Figure:
    return Figure(abs(figure.value), figure.unit, figure.decimals)


def decimals(figure: Figure, places: int) -> Figure:
    return Figure(figure.value, figure.unit, places)


def table(exhibit: Exhibit) -> list[list[str]]:
    """The title in the corner, periods across, series down."""
    head = [exhibit.title, *(short(period) for period in exhibit.periods)]
    rows = [
        [one.name, *("" if value is None else _signed(value, one.decimals, "", "") for value in one.values)]
        for one in exhibit.series
    ]
    return [[f"**{cell}**" for cell in head], *([f"**{row[0]}**", *row[1:]] for row in rows)]


def markdown(text: str) -> list[Block]:
    """The few kinds of Markdown that the workbook uses: paragraphs, lists in two levels, tables."""
    blocks: list[Block] = []
    for line in text.strip().split("\n"):
        if not line.strip():
            continue
        item = re.match(r"( *)(?:-|(\d+\.|[a-z]\)))\s+(.*)", line)
        if item and item[2]:
            blocks.append(Block("numbered", item[3], item[2]))
        elif item:
            blocks.append(Block("inner bullet" if item[1] else "bullet", item[3]))
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not blocks or blocks[-1].kind != "table":
                blocks.append(Block("table", rows=[[f"**{cell}**" for cell in cells]]))
            elif not re.fullmatch(r"[|\s:-]+", line):
                blocks[-1].rows.append(cells)
        else:
            blocks.append(Block("text", line))
    return blocks


def pieces(text: str) -> list[tuple[str, bool, bool, str]]:
    """Text as runs: words, bold, italic, and where a link leads."""
    runs = []
    for found in re.finditer(r"\*\*(.+?)\*\*|\*(.+?)\*|\[(.+?)\]\((.+?)\)|[^*\[]+|.", text):
        bold, italic, label, link = found.groups()
        runs.append((bold or italic or label or found[0], bold is not None, italic is not None, link or ""))
    return runs
