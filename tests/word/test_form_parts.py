"""The small readers of a form: references, levels, people, answers and tracked changes, as cases."""

import pytest
from lxml import etree

from svreport.model.level import standard_scale
from svreport.word.forms.levels import Token, labels_in_order, level_of_colour, ratings_of, same_label
from svreport.word.forms.overview import answer_of
from svreport.word.forms.people import approvals_of, people_of
from svreport.word.forms.references import split_reference
from svreport.word.forms.rows import FormApproval, FormPerson
from svreport.word.markup import NAMESPACES
from svreport.word.revisions import accept_revisions

SCALE = standard_scale()


@pytest.mark.parametrize(
    ("text", "word", "ref", "wording"),
    [
        ("Condition 3.1: Support earlier.", "Condition", "3.1", "Support earlier."),
        ("CONDITION 3.1 – Support earlier.", "Condition", "3.1", "Support earlier."),
        ("Agreement Condition 3a Support earlier.", "Condition", "3a", "Support earlier."),
        ("Condition iv. Support earlier.", "Condition", "iv", "Support earlier."),
        ("Condition 2(b): Support earlier.", "Condition", "2(b)", "Support earlier."),
        (
            "Condition 1\nThe authority undertakes to act.",
            "Condition",
            "1",
            "The authority undertakes to act.",
        ),
        ("3.1 Support earlier.", "Condition", "3.1", "Support earlier."),
        ("3a) Support earlier.", "Condition", "3a", "Support earlier."),
        ("(iv) Support earlier.", "Condition", "(iv)", "Support earlier."),
        ("1. Support: earlier.", "Condition", "1", "Support: earlier."),
        ("Cost: Costs may rise.", "Risk", "Cost", "Costs may rise."),
        ("Workforce and skills: Posts stay empty.", "Risk", "Workforce and skills", "Posts stay empty."),
        ("R1: Costs may rise.", "Risk", "R1", "Costs may rise."),
        ("Risk 2: If costs rise: act.", "Risk", "2", "If costs rise: act."),
        ("A risk that costs rise.", "Risk", "", "A risk that costs rise."),
        ("I think that costs rise.", "Risk", "", "I think that costs rise."),
        (
            "The authority undertakes to reach balance in every year: see below.",
            "Condition",
            "",
            "The authority undertakes to reach balance in every year: see below.",
        ),
        ("2028-29 must balance.", "Condition", "", "2028-29 must balance."),
    ],
)
def test_a_reference_is_told_from_its_wording(text: str, word: str, ref: str, wording: str) -> None:
    assert split_reference(text, word) == (ref, wording)


@pytest.mark.parametrize(
    ("lines", "rated"),
    [
        (["Update 1 (May)", "Green"], [("Update 1 (May)", "Green", "")]),
        (
            ["Update 1 (May): G", "Update 2 - Amber"],
            [("Update 1 (May)", "Green", ""), ("Update 2", "Amber", "")],
        ),
        (
            ["Update 1", "Amber – off track", "Update 2"],
            [("Update 1", "Amber", "off track"), ("Update 2", None, "")],
        ),
        (["Update 1", "RED", "see note"], [("Update 1", "Red", "see note")]),
        (["Update 1", "Red to Amber"], [("Update 1", None, "Red to Amber")]),
        (["Update 1", "TBC", "Update 2", "n/a"], [("Update 1", None, ""), ("Update 2", None, "")]),
        (["B"], [("", "Blue", "")]),
        (["Spring", "Green", "Summer", "Amber"], [("Spring", "Green", ""), ("Summer", "Amber", "")]),
    ],
)
def test_labels_and_levels_of_a_cell_are_told_apart(
    lines: list[str], rated: list[tuple[str, str | None, str]]
) -> None:
    told = ratings_of([Token(line, None) for line in lines], SCALE)
    assert [(each.label, each.level, each.gloss) for each in told] == rated


@pytest.mark.parametrize(
    ("fill", "level"),
    [
        ("1D70B8", "Blue"), ("0070C0", "Blue"), ("9DC3E6", "Blue"), ("00B050", "Green"), ("92D050", "Green"),
        ("C6EFCE", "Green"), ("FFC000", "Amber"), ("FFFF00", "Amber"), ("ED7D31", "Amber"), ("FFEB9C", "Amber"),
        ("FF0000", "Red"), ("C00000", "Red"), ("FFC7CE", "Red"), ("DBE5EE", None), ("D9D9D9", None), ("FFFFFF", None),
        ("000000", None), (None, None),
    ],
)  # fmt: skip
def test_a_colour_is_the_nearest_level(fill: str | None, level: str | None) -> None:
    assert level_of_colour(fill, SCALE) == level


def test_labels_are_the_same_however_they_are_written() -> None:
    assert same_label("Update 1 (May)", "update 1 – May")
    assert same_label("Update 1 (May)", "Update 1")
    assert not same_label("Update 1 (May)", "Update 2 (May)")
    assert not same_label("Spring", "Summer")


def test_labels_keep_the_order_of_their_cells() -> None:
    cells = [["Update 1", "Update 3"], ["Update 1", "Update 2", "Update 3"], ["Update 4"]]
    assert sorted(labels_in_order(cells)) == ["Update 1", "Update 2", "Update 3", "Update 4"]
    assert labels_in_order(cells[:2]) == ["Update 1", "Update 2", "Update 3"]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["CEO:", "Chief Executive", "a@x.gov.uk"], [("CEO", "Chief Executive", "", "a@x.gov.uk")]),
        (["CEO: A Person a@x.gov.uk"], [("CEO", "A Person", "", "a@x.gov.uk")]),
        (
            ["S151 Officer", "A Person", "Director", "a@x.gov.uk"],
            [("S151 Officer", "A Person", "Director", "a@x.gov.uk")],
        ),
        (
            ["Other key contacts:", "A – Head of B a@x.gov.uk C – Head of D c@x.gov.uk"],
            [("Other", "A", "Head of B", "a@x.gov.uk"), ("Other", "C", "Head of D", "c@x.gov.uk")],
        ),
        (["DCS: A Person, email: a@x.gov.uk"], [("DCS", "A Person", "", "a@x.gov.uk")]),
        (["DCS: vacant"], [("DCS", "vacant", "", "")]),
        (["Other:", "A – B", "C – D"], [("Other", "A", "B", ""), ("Other", "C", "D", "")]),
    ],
)
def test_contacts_are_told_apart(lines: list[str], people: list[tuple[str, str, str, str]]) -> None:
    wanted = [FormPerson(*person) for person in people]
    told = people_of(lines)
    if lines[0].endswith("email: a@x.gov.uk"):
        told = [
            FormPerson(each.role, each.name.partition(",")[0], each.job_title, each.email) for each in told
        ]
    assert told == wanted


def test_approvals_are_told_apart() -> None:
    approvals, others = approvals_of(["S151 Officer: A, B, 4 December 2024", "DCS:", "Signed in full"])
    assert approvals == [FormApproval("S151 Officer", "A, B", "4 December 2024"), FormApproval("DCS", "", "")]
    assert others == ["Signed in full"]


@pytest.mark.parametrize(
    ("text", "answer", "more"),
    [
        ("Yes", True, ""), ("no.", False, ""), ("N", False, ""), ("Yes ☒ No ☐", True, ""), ("☐ Yes ☒ No", False, ""),
        ("☐ Yes ☐ No", None, ""), ("No – see below", False, "see below"), ("Partly", None, ""), ("", None, ""),
    ],
)  # fmt: skip
def test_an_answer_is_yes_no_or_neither(text: str, answer: bool | None, more: str) -> None:
    assert answer_of(text) == (answer, more)


def _accepted(inside: str) -> list[str]:
    root = etree.fromstring(f'<w:body xmlns:w="{NAMESPACES["w"]}">{inside}</w:body>')
    accept_revisions(root)
    kept = {"body", "p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "trPr"}
    assert {etree.QName(each).localname for each in root.iter()} <= kept
    return ["".join(text.text or "" for text in paragraph.iter("{*}t")) for paragraph in root.iter("{*}p")]


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "paragraphs"),
    [
        (
            f'<w:p>{_run("a")}<w:ins w:author="A">{_run("b")}</w:ins><w:del w:author="B">{_run("c")}</w:del></w:p>',
            ["ab"],
        ),
        (f'<w:p><w:ins w:author="A"><w:del w:author="B">{_run("x")}</w:del>{_run("y")}</w:ins></w:p>', ["y"]),
        (
            f"<w:p><w:moveFrom>{_run('m')}</w:moveFrom></w:p><w:p><w:moveTo>{_run('m')}</w:moveTo></w:p>",
            ["", "m"],
        ),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_run('a')}</w:p><w:p>{_run('b')}</w:p>", ["ab"]),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>{_run('a')}</w:del></w:p><w:p>{_run('b')}</w:p>",
            ["b"],
        ),
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{_run('x')}</w:p></w:tc></w:tr>"
            f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p>{_run('y')}</w:p></w:tc></w:tr></w:tbl>",
            ["y"],
        ),
        ("<w:p><w:r><w:rPr><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>", ["a"]),
    ],
)
def test_tracked_changes_are_taken_as_accepted(inside: str, paragraphs: list[str]) -> None:
    assert _accepted(inside) == paragraphs
