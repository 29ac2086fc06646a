"""The charts that are kept as goldens and drawn: a real return's, and those at the edges of what can come."""

from svreport.figures.exhibits import ResolvedExhibit
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind, Role
from tests.figures.building import Building, Number, by_month, by_year, chart

LINE, COLUMN, BOTH = ExhibitKind.LINE, ExhibitKind.COLUMN, ExhibitKind.COLUMN_AND_LINE
IN_YEAR, CUMULATIVE = "Mitigated / In-year position", "Mitigated / Cumulative deficit"


def plan(in_year: list[Number], cumulative: list[Number]) -> Building:
    """A plan from 2023-24 on, in £000."""
    building = Building().finance("Mitigated", "In-year position", by_year(2023, in_year), Role.IN_YEAR)
    return building.finance(
        "Mitigated", "Cumulative deficit", by_year(2023, cumulative), Role.CARRIED_FORWARD
    )


def outlook() -> ResolvedExhibit:
    building = Building()
    for name, title, values in (
        ("Mitigated", "EHCPs at 31 March, with mitigation", [6420, 6640, 6620, 6470, 6290, 6110, 5938]),
        ("Unmitigated", "EHCPs at 31 March, without mitigation", [6430, 6810, 7110, 7370, 7600, 7810, 7996]),
    ):
        building.metric(name, None, {f"Mar {2025 + n}": value for n, value in enumerate(values)}, title=title)
    return building.exhibit(
        LINE, "Mitigated forecast; Unmitigated forecast", title="EHCPs at 31 March, 2025 to 2031"
    ).shown()


def scenarios() -> ResolvedExhibit:
    bounds = [
        f"{bound} bound: {plan}"
        for bound in ("Upper", "Lower")
        for plan in ("unmitigated", "target", "stretch")
    ]
    building = Building(year="2022-23")
    for n, scenario in enumerate(bounds):
        values: list[Number] = [10_000 + year * year * (6000 - 850 * n) for year in range(5)]
        building.finance(scenario, "Deficit", by_year(2021, values), Role.CARRIED_FORWARD)
    series = "; ".join(f"{scenario} / Deficit" for scenario in bounds)
    return building.exhibit(LINE, series, title="Deficit by scenario, 2021-22 to 2025-26").shown()


def crowded() -> ResolvedExhibit:
    """Four long names whose lines end at nearly the same height, under a title of three lines."""
    names = [
        "Education otherwise than at school packages, primary and secondary",
        "Tribunals lodged",
        "Independent and non-maintained special school placements by month",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    ]
    building = Building()
    for n, name in enumerate(names):
        building.metric(f"M{n}", by_month("Apr 2024", [10 + n, 12, 14 + n / 10, 15 + n / 20]), title=name)
    return building.exhibit(
        LINE,
        "; ".join(f"M{n} actual" for n in range(4)),
        title="A title that goes on for several lines about measures of demand in the local area and how they have "
        "developed over the months between April and July of the year 2024, with notes on each of them",
    ).shown()


def sixty(kind: ExhibitKind) -> ResolvedExhibit:
    actual = [3000 + 40 * n + (n * n * 37) % 180 for n in range(60)]
    return chart(
        kind,
        by_month("Nov 2019", actual),
        by_month("Nov 2019", [3000 + 45 * n for n in range(60)]),
        title="Sixty months",
    )


def every_chart() -> dict[str, ResolvedExhibit]:
    ehcp = [5728, 5815, 5867, 5861, 5932, 6051, 6161], [5562, 5586, 5609, 5632, 5645, 5649, 5669]
    in_year: list[Number] = [25870, 33450, 34900, 30400, 22800, 12078, 4250, -4250]
    cumulative: list[Number] = [35070, 60480, 85840, 106700, 119960, 122500, 126750, 122500]
    april = "Apr 2024"
    return {
        "metric": chart(LINE, by_month(april, ehcp[0]), by_month(april, ehcp[1])),
        "forecast-goes-on": chart(
            LINE,
            by_month("Jul 2022", [5.2 + n * n / 1200 for n in range(28)]),
            by_month("Jan 2024", [5.66 + n / 30 for n in range(15)]),
            unit=Unit.PERCENT,
            title="INMSS placements as a share of EHCPs",
        ),
        "plan": plan(in_year, cumulative)
        .exhibit(
            BOTH,
            f"{IN_YEAR}; {CUMULATIVE}",
            title="In-year position and cumulative deficit, 2023-24 to 2030-31",
        )
        .shown(),
        "plan-in-thousands": plan(in_year[:3], cumulative[:3])
        .exhibit(BOTH, f"{IN_YEAR}; {CUMULATIVE}", title="High Needs Block, 2023-24 to 2025-26 (£000)")
        .shown(),
        "outlook": outlook(),
        "growth": chart(
            COLUMN,
            by_month("May 2024", [87, 52, -6, 71, 119, 110]),
            by_month("May 2024", [24, 23, 23, 13, 4, 20]),
        ),
        "scenarios": scenarios(),
        "crowded": crowded(),
        "one-point": chart(LINE, {april: 5}, {april: 7}, title="One month"),
        "one-column": chart(COLUMN, {april: 5}, title="One month"),
        "sixty-points": sixty(LINE),
        "sixty-columns": sixty(COLUMN),
        "gaps": chart(
            LINE,
            by_month(april, [5, 6, None, 7, None, 8, 9, 10, None, 4]),
            by_month(april, [4, None, 5, 5, 6, 6, 7, None, 7, 8]),
        ),
        "crossing-zero": chart(
            LINE,
            by_month(april, [-5, -2, 1, 3, -1, -4, -8, 2]),
            by_month(april, [1, 1, 1, 0, 0, -1, -1, -1]),
            unit=Unit.MILLIONS,
        ),
        "all-equal": chart(LINE, by_month(april, [5] * 4), by_month(april, [5] * 4)),
        "all-zero": chart(COLUMN, by_month(april, [0] * 4), by_month(april, [0] * 4)),
        "all-negative": chart(COLUMN, by_month(april, [-30, -20, -10, -25]), unit=Unit.THOUSANDS),
        "tiny": chart(LINE, by_month(april, ["0.001", "0.002", "0.0015"])),
        "huge": chart(LINE, by_month(april, ["1e22", "2.5e22", "3e22"])),
    }
