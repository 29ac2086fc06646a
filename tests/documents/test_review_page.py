"""review.html: every text, number and finding once, and nothing of the workbook's as markup."""

import base64
import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from svreport.documents.page.blocks import BlockWriter, MarkedNumber
from svreport.documents.page.checking import page_faults
from svreport.documents.page.page import review_html
from svreport.documents.page.pictures import Pictures
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.errors import TemplateFault
from svreport.narrative.blocks import Cell, List, ListItem, ListKind, Paragraph, Picture, Run, Table
from svreport.packs.loading import load_pack
from svreport.review.numbers import passages_of
from tests.conftest import EXAMPLES
from tests.documents.reviews import Rows, item, reviewed, saved, times

(TEMPLATE,) = [each.template for each in load_pack("safety-valve").reviews if each.is_page]
HOSTILE = (
    "</script></style><script>alert(1)</script><img src=x onerror=alert(2)> & <b>\"'`{{ 7*7 }} ]]> <!-- "
    "<a href='javascript:alert(3)'>6,161</a> \u202e <svg/onload=alert(4)>"
)


class Page(HTMLParser):
    """The elements with their attributes, and the text outside script and style."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)

    def all(self, tag: str, name: str = "") -> list[dict[str, str | None]]:
        return [
            attributes
            for each, attributes in self.elements
            if each == tag and (not name or name in (attributes.get("class") or "").split())
        ]

    @property
    def text(self) -> str:
        return plain("".join(self.words))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def page_of(path: Path) -> tuple[Reviewed, Page]:
    review = reviewed(path)
    return review, Page(review_html(review, TEMPLATE, "Review before signing", "en-GB").finished())


def unchanged(rows: Rows) -> None:
    """The example as it is."""


def larger(rows: Rows) -> None:
    times(rows, 3)


def hostile(rows: Rows) -> None:
    for sheet, columns in {
        "Conditions": ("Condition",),
        "Risks": ("Risk", "Mitigation", "Progress"),
        "Headlines": ("Text",),
        "Questions": ("Question", "Commentary"),
        "Progress": ("Content",),
    }.items():
        for row in rows[sheet]:
            for column in columns:
                if row.get("Kind") != "Exhibit":
                    row[column] = f"{HOSTILE} {row[column]}"
    for name in ("Authority", "Dashboard", "Specialist adviser support"):
        item(rows, name, HOSTILE)
    rows["Conditions"][0]["Update 3 (November)"] = HOSTILE
    rows["Assurance levels"][0]["Definition"] = HOSTILE
    rows["Sign-off"][0]["Name"] = HOSTILE


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_text_stands_on_the_page(name: str, tmp_path: Path) -> None:
    review, page = page_of(saved(tmp_path, name))
    for passage in review.material.passages:
        for each in passages_of(passage.blocks):
            assert plain(each.text) in page.text


@pytest.mark.parametrize("change", [unchanged, hostile, larger])
def test_every_number_is_marked_once_and_listed_once(
    change: Callable[[Rows], object], tmp_path: Path
) -> None:
    review, page = page_of(saved(tmp_path, EXAMPLES[1], change))
    marks = page.all("a", "number")
    assert len(marks) == len(review.numbers)
    statuses = Counter((mark["class"] or "").split()[1] for mark in marks)
    assert statuses == Counter(use.status.value for use in review.numbers)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for mark in marks:
        assert mark["aria-describedby"] in ids
        assert (mark["href"] or "").removeprefix("#") in ids


@pytest.mark.parametrize("change", [unchanged, hostile])
def test_every_finding_stands_beside_something_once(change: Callable[[Rows], object], tmp_path: Path) -> None:
    review, page = page_of(saved(tmp_path, EXAMPLES[1], change))
    notes = page.all("div", "finding")
    assert len(notes) == len(review.findings) > 0
    told = Counter(note["data-finding"] for note in notes)
    assert told["error"] == len(review.errors)
    assert told["query"] == len(review.open_queries)


def test_a_finding_stands_behind_the_paragraph_that_it_quotes(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["Progress"][0]["Content"] = (
            "First words.\n\nSecond words with {{ actual('EHPC') }}.\n\nThird words."
        )

    review = reviewed(saved(tmp_path, EXAMPLES[1], change))
    html = review_html(review, TEMPLATE, "Review", "en-GB").text
    first, second, third = (html.index(f"{word} words") for word in ("First", "Second", "Third"))
    assert first < second < html.index('class="finding error"', first) < third


def test_hostile_words_are_words(tmp_path: Path) -> None:
    _, page = page_of(saved(tmp_path, EXAMPLES[1], hostile))
    _, clean = page_of(saved(tmp_path, EXAMPLES[1]))
    assert len(page.all("script")) == len(clean.all("script")) == 1
    assert len(page.all("style")) == len(clean.all("style")) == 2
    assert page.all("b") == page.all("svg") == page.all("img") == []
    handlers = [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert handlers == []
    addresses = {
        (each["href"] or "").partition(":")[0] for each in page.all("a") if ":" in (each["href"] or "")
    }
    assert addresses <= {"https", "mailto"}
    assert plain("</script></style><script>alert(1)</script><img src=x onerror=alert(2)>") in page.text


def test_the_policy_allows_the_pages_own_styles_and_script_alone(tmp_path: Path) -> None:
    html = review_html(reviewed(saved(tmp_path, EXAMPLES[1], hostile)), TEMPLATE, "Review", "en-GB").text
    (policy,) = [
        attributes["content"]
        for attributes in Page(html.encode()).all("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        sums = [
            f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
            for text in re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        ]
        assert rules[rule].split() == sums


def test_the_same_review_gives_the_same_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path, EXAMPLES[1])
    first, second = (review_html(reviewed(path), TEMPLATE, "Review", "en-GB").finished() for _ in range(2))
    assert first == second


def written(blocks: object, *numbers: tuple[int, int, int]) -> str:
    marked = [MarkedNumber(f"n{at}", f"a{at}", "matched", *each) for at, each in enumerate(numbers)]
    return str(BlockWriter(marked, Pictures()).html((blocks,)))  # type: ignore[arg-type] # any block


MARK = '<a class="number matched" id="a0" href="#n0" aria-describedby="n0-told">{}</a>'


@pytest.mark.parametrize(
    ("block", "numbers", "html"),
    [
        (Paragraph((Run("a < b & c\nd"),)), (), "<p>a &lt; b &amp; c<br>d</p>"),
        (
            Paragraph((Run("25", bold=True), Run(" more"))),
            ((0, 0, 2),),
            f"<p>{MARK.format('<strong>25</strong>')} more</p>",
        ),
        (
            Paragraph((Run("£"), Run("5", italic=True), Run("m."))),
            ((0, 0, 3),),
            f"<p>{MARK.format('£<em>5</em>m')}.</p>",
        ),
        (
            Paragraph((Run("see 25 plans", link="https://example.gov.uk/"),)),
            ((0, 4, 6),),
            '<p><a href="https://example.gov.uk/" rel="noreferrer">see </a>'
            + MARK.format("25")
            + '<a href="https://example.gov.uk/" rel="noreferrer"> plans</a></p>',
        ),
        (Paragraph((Run("x", link="javascript:alert(1)"),)), (), "<p>x</p>"),
        (
            List(ListKind.LETTER, (ListItem((Paragraph((Run("one"),)),)),), start=3, closing=")"),
            (),
            '<ol class="letter-bracket" start="3"><li><p>one</p></li></ol>',
        ),
        (
            Table(
                (Cell(()), Cell((Run("Apr"),), numeric=True)),
                ((Cell((Run("A"),)), Cell((Run("7"),), numeric=True)),),
                row_headings=True,
            ),
            ((3, 0, 1),),
            '<div class="wide" role="group" aria-label="Table" tabindex="0"><table><thead><tr><td></td>'
            '<th scope="col" class="numeric">Apr</th></tr></thead><tbody><tr><th scope="row">A</th>'
            f'<td class="numeric">{MARK.format("7")}</td></tr></tbody></table></div>',
        ),
    ],
)
def test_blocks_become_html(block: object, numbers: tuple[tuple[int, int, int], ...], html: str) -> None:
    assert written(block, *numbers) == html


def test_a_picture_that_is_placed_again_is_led_back_to() -> None:
    picture = Picture(b"\x89PNG and more", 'A "chart"', 20, 10, "Plans")
    pictures = Pictures()
    html = pictures.put_into(BlockWriter((), pictures).html((picture, picture))).decode()
    assert html.count("data:image/png;base64,") == 1
    assert 'alt="A &#34;chart&#34;"' in html
    assert '<a href="#picture-1">Plans</a>' in html


def test_no_text_can_place_a_picture() -> None:
    picture = Picture(b"\x89PNG and more", '<img src="picture:', 20, 10, "Plans")
    pictures = Pictures()
    words = Paragraph((Run(f'<img src="picture:{picture.shows}" picture:{picture.shows}'),))
    html = str(BlockWriter((), pictures).html((picture, words)))
    made = pictures.put_into(html + '<img src="picture:none">')
    assert made.count(b"base64") == 1
    assert made.endswith(b'<img src="picture:none">')


def test_the_template_that_comes_with_svreport_has_no_fault() -> None:
    assert page_faults(TEMPLATE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h1>{{ title }}", "<h1>{{ tilte }}", "names tilte, a name that is not there"),
        ("{{ topic.heading }}", "{{ topic.headings }}", "names topic.headings, a name that is not there"),
        (
            "<dd>{{ finding.mend }}",
            "<dd>{{ finding.mended }}",
            "names finding.mended, a name that is not there",
        ),
        ("<h1>{{ title }}", "<h1>{{ parts }}", "prints what is no text"),
        ("<h1>{{ title }}", "<h1>{{ title.upper() }}", "holds more than a template can use"),
        ("<h1>{{ title }}", "<h1>{% include 'x' %}", "{% include %} cannot stand here"),
        ("{% endmacro %}", "", "Unexpected"),
    ],
)
def test_faults_of_a_page_are_told_with_their_line(old: str, new: str, fault: str, tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    changed = tmp_path / "review.html"
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = page_faults(changed)
    assert any(fault in each and re.match(r"review\.html, line \d+: ", each) for each in faults), faults


def test_a_page_that_cannot_be_filled_is_refused(tmp_path: Path) -> None:
    review = reviewed(saved(tmp_path, EXAMPLES[0]))
    broken = tmp_path / "review.html"
    for text in ("{{ nothing }}", "{% for %}", "{{ title.__class__ }}", "{{ ''.__class__.__mro__ }}"):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(TemplateFault, match=r"^review\.html"):
            review_html(review, broken, "Review", "en-GB")
    broken.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateFault, match="UTF-8"):
        review_html(review, broken, "Review", "en-GB")
