"""The form's Yes/No answers against the forecast, the ratings and their own commentary."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import names
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.model.submission import Question, Role, Submission
from svreport.review.limits import limit_tests
from svreport.review.material import Check, Material
from svreport.review.milestones import milestone
from svreport.review.passages import named
from svreport.review.plan import Plan, Term, agreed_plan, forecast_plan, shown
from svreport.review.sentences import excerpt
from svreport.review.standing import Rated, current_level, is_off_target, is_on_target, rated_rows

IN_YEAR_ANSWER = Rule(
    "ASR-08",
    Severity.QUERY,
    "The answer about the current year is not what the forecast says",
    "The form asks whether the year will close with the deficit that the agreement projects. The forecast and the "
    "agreement's own figures for the year answer it.",
    "The answer is Yes; the in-year deficit is forecast at £33,450k, and the agreement has £22,190k.",
)


def in_year_answer(material: Material) -> Iterator[Finding]:
    submission = material.submission
    question, year = _question("in-year", submission), submission.programme.financial_year.value
    forecast, agreed = forecast_plan(submission), agreed_plan(submission)
    if question is None or year is None or forecast is None:
        return
    measures = []
    for role in (Role.IN_YEAR, Role.CARRIED_FORWARD):
        now, then = forecast.term(role, year), agreed.term(role, year) if agreed else None
        if agreed is not None and now is not None and then is not None:
            slack = now.slack + then.slack
            is_worse = forecast.deficit(now) - agreed.deficit(then) > slack
            measures.append((is_worse, f"{_told(now, forecast)} against {_told(then, agreed)} agreed"))
    measures += [
        (test.is_breached, f"{test.told}, {test.headroom_told}")
        for test in limit_tests(submission)
        if test.year == year and not measures and (test.basis or not test.payments)
    ]
    if measures and all(is_worse is question.answer.value for is_worse, _ in measures):
        yield _answered(IN_YEAR_ANSWER, question, "; ".join(told for _, told in measures))


END_ANSWER = Rule(
    "ASR-09",
    Severity.QUERY,
    "The answer about the end of the agreement is not what the forecast says",
    "The form asks whether the deficit will be £0 when the agreement ends. The forecast carried forward in that "
    "year, and "
    "where the council is left with a residual the one that was agreed, answer it.",
    "The answer is Yes; £122,500k is forecast to be carried forward in 2028-29, and the agreement has £70,251k.",
)


def end_answer(material: Material) -> Iterator[Finding]:
    submission = material.submission
    question, year = _question("end-of-plan", submission), submission.programme.agreement_ends.value
    forecast, agreed = forecast_plan(submission), agreed_plan(submission)
    if question is None or year is None or forecast is None:
        return
    left = forecast.term(Role.CARRIED_FORWARD, year)
    if left is None:
        return
    allowed, expected = _agreed_at_end(agreed, year)
    is_met = forecast.deficit(left) <= allowed + left.slack
    if is_met is not question.answer.value:
        yield _answered(END_ANSWER, question, f"{_told(left, forecast)} carried forward in {year}{expected}")
        return
    late = [
        named(condition)
        for condition in submission.conditions
        if milestone(condition, submission) is not None and _is_red(condition, submission)
    ]
    if question.answer.value and late:
        yield _answered(END_ANSWER, question, f"{' and '.join(late)}, about in-year balance, off target")


CAPITAL_ANSWER = Rule(
    "ASR-10",
    Severity.QUERY,
    "The answer about capital is not what the ratings say",
    "The form asks whether the capital project is on track. A condition or risk about capital that is rated otherwise "
    "contradicts it.",
    "The answer is Yes, and the risk that capital is not obtained is Red.",
)
_CAPITAL = re.compile(r"\bcapital\b", re.IGNORECASE)


def capital_answer(material: Material) -> Iterator[Finding]:
    submission = material.submission
    question = _question("capital", submission)
    about = [
        rated
        for rated in rated_rows(submission)
        if _CAPITAL.search(f"{rated.ref.value} {rated.wording.value}") and current_level(rated, submission)
    ]
    if question is None or not about:
        return
    red = [rated for rated in about if _is_red(rated, submission)]
    all_well = all(is_on_target(level) for rated in about if (level := current_level(rated, submission)))
    against = red if question.answer.value else about if all_well else []
    if against:
        told = ", ".join(f"{named(rated)} {current_level(rated, submission)}" for rated in against)
        yield _answered(CAPITAL_ANSWER, question, told)


OWN_COMMENTARY = Rule(
    "ASR-11",
    Severity.QUERY,
    "An answer and its own commentary contradict each other",
    "The form prints the answer beside its commentary. “Yes” beside “is not on track” leaves the reader with neither.",
    "The answer is Yes, and the commentary says that the plan is no longer on track.",
)
_OFF_TRACK = re.compile(
    r"\b(is|are|remains?) (now |currently |still )?(not|no longer) (currently |now |yet |fully )?on (track|target|"
    r"course)\b"
    r"|\b(is|are|remains?) (now |currently |still )?off[- ](track|target|course)\b"
    r"|\bwill not (be )?(achieve|reach|meet|deliver)\w*\b|\bcannot (be )?(achieve|reach|meet)\w*\b",
    re.IGNORECASE,
)
_ON_TRACK = re.compile(
    r"\b(plan|project|programme|it|we|council|authority) (is|are|remains?) (now |currently |still |back |"
    r"fully )*on (track|target|course)\b",
    re.IGNORECASE,
)
_SOFTENED = re.compile(
    r"\b(if|although|though|while|whilst|however|but|except|was|were|had|unless|although)\b", re.IGNORECASE
)


def own_commentary(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        question = passage.subject
        if not isinstance(question, Question) or question.answer.value is None:
            continue
        pattern = _OFF_TRACK if question.answer.value else _ON_TRACK
        for sentence in passage.sentences:
            found = pattern.search(sentence.text)
            if found is None or _SOFTENED.search(sentence.text):
                continue
            yield OWN_COMMENTARY.at(
                passage.place,
                read=f"{_word(question)}, and {excerpt(sentence.text, found.start(), found.end())}",
                expected="a commentary that says the same as the answer",
                mend=f"correct the answer in {question.answer.place}, or the commentary",
                about=passage.about,
            )
            break


def _question(ref: str, submission: Submission) -> Question | None:
    """The question with a ref of the form, where it was answered."""
    for question in submission.questions:
        if names.key(question.ref.value or "") == ref and question.answer.value is not None:
            return question
    return None


def _answered(rule: Rule, question: Question, told: str) -> Finding:
    return rule.at(
        question.answer.place,
        read=_word(question),
        expected=f"{'No' if question.answer.value else 'Yes'}: {told}",
        mend="change the answer, correct the figures or ratings, or say in the commentary why both are right",
        about=f"Question {question.ref.value}",
    )


def _agreed_at_end(agreed: Plan | None, year: Period) -> tuple[Decimal, str]:
    """The deficit that the agreement itself leaves in its last year, and how that is told."""
    left = agreed.term(Role.CARRIED_FORWARD, year) if agreed else None
    if agreed is None or left is None:
        return Decimal(0), ""
    allowed = max(Decimal(0), agreed.deficit(left)) + left.slack
    return allowed, f", {_told(left, agreed)} in the agreement"


def _told(term: Term, plan: Plan) -> str:
    return f"{', '.join(amount.place.cell for amount in term.amounts)} {shown(term, plan)}"


def _word(question: Question) -> str:
    return "Yes" if question.answer.value else "No"


def _is_red(rated: Rated, submission: Submission) -> bool:
    level = current_level(rated, submission)
    return level is not None and is_off_target(level)


CHECKS = (
    Check(IN_YEAR_ANSWER, in_year_answer),
    Check(END_ANSWER, end_answer),
    Check(CAPITAL_ANSWER, capital_answer),
    Check(OWN_COMMENTARY, own_commentary),
)
