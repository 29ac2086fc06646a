"""Which update a workbook is rolled forward to."""

from dataclasses import dataclass

from svreport.errors import CallFault
from svreport.model import names
from svreport.model.period import Period
from svreport.model.submission import Submission


@dataclass(frozen=True, slots=True)
class Step:
    """The place of the next update among the workbook's, whether it lies in the next financial year, and its
    financial year, None where the workbook does not say its own.
    """

    at: int
    label: str
    new_year: bool
    year: Period | None


def next_step(submission: Submission, label: str | None) -> Step:
    """The update after the current one, the first of the next financial year after the last; or the one that `label`
    names, which must come later: in this year, or in the next when this one's last update is done.

    Raises CallFault where the workbook does not say its current update, or for a label that it does not have.
    """
    labels = [update.label.value for update in submission.updates]
    told = [each for each in labels if each]
    if not told:
        raise CallFault(
            f"{submission.workbook} names no updates: list the year's updates on its sheet Updates first."
        )
    current = submission.current
    last = max(at for at, each in enumerate(labels) if each)
    year = submission.programme.financial_year.value
    if label is not None:
        return _named(label, labels, current, last, year)
    if current is None:
        raise CallFault(
            f"{submission.workbook} does not say which update it is for: choose one of {names.listed(told)} as "
            "Current update on its sheet Programme, or name the next one with --update."
        )
    later = next((at for at, each in enumerate(labels) if each and at > current), None)
    if later is not None:
        return _step(later, labels, False, year)
    return _step(next(at for at, each in enumerate(labels) if each), labels, True, year)


def _named(label: str, labels: list[str | None], current: int | None, last: int, year: Period | None) -> Step:
    told = [each for each in labels if each]
    wanted = next(
        (at for at, each in enumerate(labels) if each and names.key(each) == names.key(label)), None
    )
    if wanted is None:
        near = names.did_you_mean(label, told)
        raise CallFault(
            f"There is no update called {label}: there is {names.listed(told, 'and')}. {near}".strip()
        )
    if current is None or wanted > current:
        return _step(wanted, labels, False, year)
    if current != last:
        rest = names.listed([each for each in labels[current + 1 :] if each])
        was = "is the workbook's own update" if wanted == current else "was before the workbook's own update"
        raise CallFault(
            f"{labels[wanted]} {was}, and the year is not over: name {rest}, or leave --update out."
        )
    return _step(wanted, labels, True, year)


def _step(at: int, labels: list[str | None], new_year: bool, year: Period | None) -> Step:
    return Step(at, labels[at] or "", new_year, year.next() if new_year and year else year)
