"""What the text says of its own rating: another level than the sheet's, or nothing where the rating moved."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from svreport.model.entry import Entry
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.level import Level, LevelScale
from svreport.model.references import find_reference
from svreport.model.submission import Condition, Risk, Submission
from svreport.review.material import Check, Material
from svreport.review.passages import Kind, Passage, named
from svreport.review.sentences import Sentence, excerpt
from svreport.review.standing import Rated, current_entry, current_level, rated_rows, steps_between
from svreport.review.written_words import NUMBER_WORD, spelt, word_value

_RATING = re.compile(r"\b(rating|rated?|re-?rated|RAG|assurance level|assurance rating)\b", re.IGNORECASE)
_CLAIM = (
    r"(?:\b(?:rat(?:ed?|es|ing)|RAG(?:[- ](?:rat(?:ed|ing)|status))?|assessed|assurance level|level)\b"
    r"(?: (?:is|are|of|as|at|it|this|the|condition|risk|stays?|remains?|now|still|currently|again|therefore|once more|"
    r"for this \w+))*[ :]+"
    r"|\b(?:condition|risk|it|this|which|rating|we|workstream)(?: (?:\d[\w.]*|[ivxl]+))? (?:is|are|remains?|stays?|"
    r"continues? to be|has (?:moved|gone|changed|improved|worsened|fallen|risen|become)(?: to)?)"
    r"(?: (?:now|still|currently|again|therefore|once more|rated|at|as|on))* "
    r"|\b(?:from \w+ to|moves? to|moved to|stays? at|stays?|remains?(?: at)?|still|now|currently) )"
)
_ITS_RATING = r"\b(?:the|an|a|this|our|its) (?P<level>{levels}) (?:rating|status|assurance level)\b"
_ITS_TRACK = r"\b(?P<level>{levels}) ?[-–—] ?(?:on|off)[- ](?:track|target)"
_PAST = re.compile(
    r"\b(was|were|had|previous(ly)?|former(ly)?|earlier|last (update|return|quarter|time|year)|until|before|originally|"
    r"in (its|the) (May|August|November|February|last)|used to)\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(not|no longer|never|would|could|should|might|may become|if|unless|will|expects?|expected|aims?|hopes?|"
    r"to become|"
    r"rather than|instead of|than|moving towards|target(ed)? (is|of)|(away|move|moved|change|changed|improvement|"
    r"back) from|"
    r"programme|overall|projections?|whole plan)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b(?P<word>conditions?|risks?) \(?(?P<ref>\d[\w.]*\w|\d|[ivxl]+\b)", re.IGNORECASE)
_NO_LEVEL = (
    r"(?! ?[-–—]?\s?(?:Paper|Book|Badge|spaces?|flags?|tape|light|belt|Cross|Dragon|team|and|or|to|/|"
    r"Amber|Green|Red|Blue)\b)"
)


CONTRADICTED = Rule(
    "ASR-04",
    Severity.QUERY,
    "The text gives another rating than the sheet",
    "A reader who finds one level in the column and another in the words believes neither.",
    "A condition is Green, and its progress says “this workstream is rated Amber – off track”.",
)


def contradicted(material: Material) -> Iterator[Finding]:
    submission = material.submission
    for passage in material.passages:
        for sentence in passage.sentences:
            subject = _spoken_of(passage, sentence, submission)
            entry = current_entry(subject, submission) if subject else None
            found = _claimed(sentence, submission.scale) if entry and entry.value else None
            if subject is None or entry is None or entry.value is None or found is None:
                continue
            if found.level.name == entry.value.name:
                continue
            yield CONTRADICTED.at(
                passage.place,
                read=excerpt(sentence.text, found.start, found.end),
                expected=f"{entry.value}, the level of {named(subject)} in {entry.place}",
                mend="correct the text, or the level; {{ level('"
                + (subject.ref.value or "")
                + "') }} always agrees",
                about=f"{passage.about}: {named(subject)} rated {found.level}",
            )
            break


def _spoken_of(passage: Passage, sentence: Sentence, submission: Submission) -> Rated | None:
    """The condition or risk that a sentence names, or else the one that its passage is about; None for several."""
    found = list(_REFERENCE.finditer(sentence.text))
    if not found:
        return passage.subject if isinstance(passage.subject, Condition | Risk) else None
    if len(found) > 1 or found[0]["word"].lower().endswith("s"):
        return None
    if found[0]["word"].lower() == "condition":
        return find_reference(found[0]["ref"], submission.conditions, "Condition")
    return find_reference(found[0]["ref"], submission.risks, "Risk")


class _Claim(NamedTuple):
    level: Level
    start: int
    end: int


@lru_cache(maxsize=4)
def _claims(levels: str) -> tuple[re.Pattern[str], ...]:
    """The ways in which a sentence claims one of the levels."""
    claims = (
        rf"{_CLAIM}(?P<level>{levels})\b{_NO_LEVEL}",
        *(each.format(levels=levels) for each in (_ITS_RATING, _ITS_TRACK)),
    )
    return tuple(re.compile(claim, re.IGNORECASE) for claim in claims)


def _claimed(sentence: Sentence, scale: LevelScale) -> _Claim | None:
    """The level that a sentence typed of its own subject today; None where it tells of the past, a wish or another."""
    text = sentence.unlinked
    levels = "|".join(
        re.escape(level.name) for level in sorted(scale.levels, key=lambda each: -len(each.name))
    )
    if not levels or not re.search(levels, text, re.IGNORECASE):
        return None
    said = [found for pattern in _claims(levels) for found in pattern.finditer(text)]
    for found in said:
        start, end = found.span("level")
        clause = re.split(r"[;,:]| but | and (?:is|are|it|now)\b| which ", text[:start])[-1] + text[start:end]
        behind = re.split(r"[;,.:]| but ", text[end:])[0]
        lead = clause[: len(clause) - (end - start)]
        if _PAST.search(lead) or _NOT_NOW.search(lead) or re.match(r"\s*(in|at|last|until)\b", behind):
            continue
        level = next((each for each in scale.levels if each.name.lower() == found["level"].lower()), None)
        if level is not None:
            return _Claim(level, start, end)
    return None


SKIPPED = Rule(
    "ASR-05",
    Severity.QUERY,
    "A rating skipped a level, and no words say so",
    "A rating that jumps from Green to Red, or from Amber to Blue, is the first thing a reader asks about. Its text "
    "should "
    "name both levels and give the reason.",
    "A condition was Green in August and is Red in November; its progress says nothing of it.",
)
MOVED = Rule(
    "ASR-06",
    Severity.QUERY,
    "A rating moved, and no words say so",
    "A rating that moved since the last update needs a sentence about it, for the better as for the worse.",
    "A condition was Amber in August and is Green in November; its progress mentions neither.",
)


def moved(material: Material, rule: Rule) -> Iterator[Finding]:
    submission = material.submission
    for rated in rated_rows(submission):
        before, entry = _before(material, rated), current_entry(rated, submission)
        if before is None or entry is None or entry.value is None or before.name == entry.value.name:
            continue
        skipped = abs(steps_between(before, entry.value, submission.scale)) > 1
        if skipped is not (rule is SKIPPED) or not _was_read(rated, submission):
            continue
        both = names_level(material, rated, before) and names_level(material, rated, entry.value)
        if both or (not skipped and speaks_of_rating(material, rated, entry.value)):
            continue
        wanted = (
            f"words about both levels, {before} and {entry.value}," if skipped else "words about the move"
        )
        yield rule.at(
            entry.place,
            read=f"{named(rated)} moved from {before} to {entry.value}",
            expected=f"{wanted} in the text about {named(rated)}",
            mend="say in the progress why the rating moved",
            about=named(rated),
        )


def skipped_silently(material: Material) -> Iterator[Finding]:
    return moved(material, SKIPPED)


def moved_silently(material: Material) -> Iterator[Finding]:
    return moved(material, MOVED)


COUNTED = Rule(
    "ASR-07",
    Severity.QUERY,
    "The text counts the ratings otherwise than the sheet",
    "How many conditions or risks are Green, Amber or Red can be counted; a sentence from the last return no longer "
    "fits "
    "once a rating moves.",
    "“five of the seven conditions are Green”, where three are.",
)
_COUNTED = (
    rf"\b(?P<count>\d{{1,2}}|{NUMBER_WORD}|all|none)(?: of (?:the|our|its)? ?(?:\d{{1,2}}|{NUMBER_WORD})?)? ?"
    r"(?P<what>conditions|risks)(?: are| remain| stay| is)?(?: now| still| currently| rated| at| as)* "
)


_RATED = re.compile(r"conditions|risks", re.IGNORECASE)


def counted(material: Material) -> Iterator[Finding]:
    submission = material.submission
    levels = "|".join(re.escape(spelt(level.name)) for level in submission.scale.levels)
    pattern = re.compile(rf"{_COUNTED}(?P<level>{levels})\b")
    for passage in material.passages:
        for sentence in passage.sentences:
            found = pattern.search(spelt(sentence.text)) if _RATED.search(sentence.text) else None
            if found is None or _PAST.search(sentence.text) or _NOT_NOW.search(sentence.text):
                continue
            rated = submission.conditions if found["what"] == "conditions" else submission.risks
            told = [current_level(each, submission) for each in rated]
            typed = sentence.text[slice(*found.span("level"))]
            count = sum(level is not None and level.name.lower() == typed.lower() for level in told)
            word = sentence.text[slice(*found.span("count"))].lower()
            said = len(rated) if word == "all" else 0 if word == "none" else word_value(word)
            if None in told or said == count:
                continue
            yield COUNTED.at(
                passage.place,
                read=excerpt(sentence.text, found.start(), found.end()),
                expected=f"{count} of {len(rated)} {found['what']} rated {typed}",
                mend="correct the count",
                about=f"{passage.about}: {typed} {found['what']}",
            )


def speaks_of_rating(material: Material, rated: Rated, level: Level) -> bool:
    """True where the text about a condition or risk speaks of its rating, or names its level."""
    return names_level(material, rated, level) or any(
        _RATING.search(sentence.text) for sentence in _about(material, rated)
    )


def names_level(material: Material, rated: Rated, level: Level) -> bool:
    """True where the text about a condition or risk names a level, typed or linked."""
    return any(
        re.search(rf"\b{re.escape(level.name)}\b", sentence.text) for sentence in _about(material, rated)
    )


def _about(material: Material, rated: Rated) -> Iterator[Sentence]:
    for passage in material.passages:
        if passage.subject is rated and passage.kind in (Kind.PROGRESS, Kind.RISK_PROGRESS, Kind.MITIGATION):
            yield from passage.sentences


def _before(material: Material, rated: Rated) -> Level | None:
    """The level at the update before: of this year, or for the year's first update of the previous return."""
    current = material.submission.current
    if current is None:
        return None
    if current > 0:
        return rated.levels[current - 1].value if current <= len(rated.levels) else None
    if material.previous is None or not rated.ref.value:
        return None
    earlier = material.previous.submission
    found: Rated | None = (
        find_reference(rated.ref.value, earlier.conditions, "Condition")
        if isinstance(rated, Condition)
        else find_reference(rated.ref.value, earlier.risks, "Risk")
    )
    return current_level(found, earlier) if found is not None else None


def _was_read(rated: Rated, submission: Submission) -> bool:
    """False where a text about it could not be read: nobody knows what it says."""
    texts: list[Entry[str]] = (
        [rated.progress]
        if isinstance(rated, Risk)
        else [block.content for block in submission.progress if block.content.fault]
    )
    return not any(text.fault for text in texts)


CHECKS = (
    Check(CONTRADICTED, contradicted),
    Check(SKIPPED, skipped_silently),
    Check(MOVED, moved_silently),
    Check(COUNTED, counted),
)
