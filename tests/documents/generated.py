"""Small returns of every shape, made by hypothesis, each with what its documents have to say."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.pipeline.content import Rows, small_return

UPDATES = ("Update 1 (May)", "Update 2 (August)", "Update 3 (November)", "Q4 – February & March")
CONDITION_REFS = ("1", "3.1", "3a", "iv", "10", "Condition 7", "Places")
RISK_REFS = ("Risk 2", "1", "Cost", "2b", "Staff & skills")
AUTHORITIES = (
    "Bath & North East Somerset",
    "St. Helens",
    "Ynys Môn",
    "<Kent>",
    'O’Brien\'s "Council"',
    "東京 🙂",
)
EMPTY = (
    "Risks",
    "Headlines",
    "Exhibits",
    "Finance",
    "Metrics",
    "Contacts",
    "Questions",
    "Progress",
    "Sign-off",
)
LEVELS = ("Blue", "Green", "Amber", "Red")

# Each stands in the middle of a line and means nothing but itself, whatever Markdown, Word and templates make of it.
_WORDS = tuple(
    "R&D <b>bold?</b> &amp; £4.5m 7.9% a_b_c _ * {x} {# #} $HOME C:\\new ‘curly’ “quotes” it's naïve Llŷn 日本語 🙂 ½ "
    "−6 a–b e\u0301 x/y ~5 #1 1. a) - • | [x] (2) ! ^ ... \\ n\u00a0b 100\u202f000 =SUM(A1) `x `".split(" ")
)


@dataclass(frozen=True)
class Generated:
    """`said` holds what each document says, in order; `marks` what stands where a level could not be read."""

    rows: Rows
    said: dict[str, list[str]]
    marks: list[str]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    middle = draw(st.lists(st.sampled_from(_WORDS), max_size=6))
    return " ".join(["Here", *middle, "ends."])


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A cell's text, of paragraphs or bullets, and its sentences."""
    told = draw(st.lists(sentences(), min_size=1, max_size=3))
    joined = draw(st.sampled_from(("\n\n", "\n", "\n- ", "\n• ", "\n1. ")))
    first = joined.lstrip("\n")
    return f"{first}{joined.join(told)}", told


@st.composite
def returns(draw: st.DrawFn) -> Generated:
    """Other authorities, one to four updates, references of every kind, an empty sheet or a misspelt level."""
    number = draw(st.integers(1, 4))
    labels, current = UPDATES[:number], draw(st.integers(0, number - 1))
    rows = small_return(
        authority=draw(st.sampled_from(AUTHORITIES)),
        updates=labels,
        conditions=draw(st.lists(st.sampled_from(CONDITION_REFS), min_size=1, max_size=4, unique=True)),
        risks=draw(st.lists(st.sampled_from(RISK_REFS), min_size=1, max_size=3, unique=True)),
        money_in=draw(st.sampled_from(("£", "£000", "£m"))),
    )
    empty = draw(st.none() | st.sampled_from(EMPTY))
    for row in rows["Programme"]:
        if row["Item"] == "Current update":
            row["Value"] = labels[current]
    for row in (*rows["Conditions"], *rows["Risks"]):
        for label in labels[: current + 1]:
            row[label] = draw(st.sampled_from(LEVELS))
    if empty:
        rows[empty] = []

    marks = []
    misspelt = draw(st.booleans())
    if misspelt:
        rows["Conditions"][0][labels[0]] = "Ambre"
        marks.append("[LVL-01 Conditions!C4]")

    overview = [rows["Programme"][0]["Value"]]
    for sheet, column in (("Questions", "Commentary"), ("Headlines", "Text")):
        for row in rows[sheet]:
            row[column], told = draw(texts())
            overview += [row["Question"], row["Answer"]] if sheet == "Questions" else []
            overview += told
    detailed = []
    for condition in rows["Conditions"]:
        ref = condition["Ref"].removeprefix("Condition ")
        word = "" if ref == "Places" else "Condition "
        detailed += [f"{word}{ref}: {condition['Condition']}", *_stack(condition, labels, marks)]
        for block in rows["Progress"]:
            if block["Condition"] == condition["Ref"]:
                block["Content"], told = draw(texts())
                detailed += told
    for level in rows["Assurance levels"]:
        detailed += [level["Level"], level["Definition"]]
    register = []
    for risk in rows["Risks"]:
        ref = risk["Ref"].removeprefix("Risk ")
        word = "Risk " if ref[0].isdigit() else ""
        register += [f"{word}{ref}: {risk['Risk']}", *_stack(risk, labels, marks)]
        for column in ("Mitigation", "Progress"):
            risk[column], told = draw(texts())
            register += told
    said = {"programme-overview": overview, "detailed-update": detailed, "risk-register": register}
    return Generated(rows, said, marks)


def _stack(rated: dict[str, str], labels: tuple[str, ...], marks: list[str]) -> list[str]:
    stack = []
    for label in labels:
        level = rated.get(label)
        stack.append(label)
        stack += marks if level == "Ambre" else [level] if level else []
    return stack
