"""The chart of what each scenario carries forward, which papers place without anybody having to describe it."""

from svreport.figures.sources import Source, series_key
from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.scenarios import CHART, PlanScenario, asks_for_scenarios, plan_scenarios
from svreport.model.submission import Exhibit, ExhibitKind, Submission

_LINE = "Cumulative deficit"
_MOST_SCENARIOS = 8  # more lines than that cannot be told apart: the table has them all


def chart_of_scenarios(submission: Submission) -> tuple[Exhibit, dict[str, Source]] | None:
    """The chart with its series, where a pack that is read asks for scenarios.

    None where the sheet Exhibits has one of its name, or where there is nothing to draw, or too much.
    """
    own = {names.key(each.name.value or "") for each in submission.exhibits}
    plans = plan_scenarios(submission) if asks_for_scenarios(submission) else ()
    if not 0 < len(plans) <= _MOST_SCENARIOS or names.key(CHART) in own:
        return None
    sources = {series_key(source.name): source for source in (_source(each, submission) for each in plans)}
    nothing = Place("Finance")
    exhibit = Exhibit(
        name=Entry(CHART, nothing),
        kind=Entry(ExhibitKind.LINE, nothing),
        title=Entry("Cumulative deficit at the end of each financial year, by scenario", nothing),
        series=Entry(tuple(source.name for source in sources.values()), nothing),
        first=Entry(None, nothing),
        last=Entry(None, nothing),
        alt_text=Entry(None, nothing),
        source=Entry(None, nothing),
    )
    return exhibit, sources


def _source(plan: PlanScenario, submission: Submission) -> Source:
    programme = submission.programme
    return Source(
        name=f"{plan.name} / {_LINE}",
        sheet="Finance",
        group=plan.name,
        kind=_LINE,
        is_metric=False,
        unit=programme.money_unit,
        unit_entry=programme.money_in,
        entries=plan.carried,
        is_balance=True,
        forecast_from=programme.financial_year.value,
    )
