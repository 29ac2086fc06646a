"""The dashboard of the worked example in a browser and on paper, and of workbooks that are not like it."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from svreport.packs.loading import load_pack
from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.packing import check_pack
from svreport.word.accessibility import faults
from svreport.word.text import text_of
from tests.documents.reviews import Rows, item, saved
from tests.system.chromium import Chromium
from tests.system.office import Office
from tests.system.tools import output, program

PACK = load_pack("dashboard")
EXAMPLE = "wiltshire-2024-12"
CODE = re.compile(r"content code [0-9A-F]{4}-[0-9A-F]{4}")
DRAWN = """
const all = async () => {
  for (let n = 0; n < 600 && !document.documentElement.dataset.drawn; n += 1)
    await new Promise((done) => setTimeout(done, 50));
};
await all();
"""
CONDITION = """
const choice = document.getElementById('condition');
choice.value = 'condition-4';
choice.dispatchEvent(new Event('change', { bubbles: true }));
"""
OFF = "document.getElementById('off').click();"
OPEN = "for (const each of document.querySelectorAll('details')) each.open = true;"
HOSTILE = (
    "a.b['c']\"d]]></script><script>window.ran=1</script><img src=x onerror=window.ran=1> \u2028 {{ x }} Ŵy"
)


def built(workbook: Path, out: Path) -> Built:
    return build_workbook(workbook, BuildOptions(out, "dashboard"), waiting=lambda folder: None)


@pytest.fixture(scope="module")
def outputs(example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(example_workbooks[EXAMPLE], tmp_path_factory.mktemp("outputs")).folder


@pytest.fixture(scope="module")
def page(outputs: Path) -> Path:
    return outputs / "dashboard.html"


def bare_rows(rows: Rows) -> None:
    """Nothing but what a new workbook has: no conditions, measures or finance."""
    for sheet in (
        "Conditions",
        "Progress",
        "Risks",
        "Metrics",
        "Metric data",
        "Finance",
        "Exhibits",
        "Questions",
    ):
        rows[sheet] = []
    rows["Headlines"] = []
    item(rows, "Specialist adviser support", None)
    item(rows, "Previous workbook", None)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    return built(saved(folder, EXAMPLE, bare_rows), folder / "out").folder


class Words(HTMLParser):
    """The words of a page, a line for each cell or paragraph, and what its charts are drawn from left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._out = 0
        self.lines: list[str] = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._out += tag in ("script", "style")
        if tag in ("p", "tr", "h1", "h2", "h3", "li", "div", "summary", "caption", "dd", "figure", "option"):
            self.lines.append("")
        elif tag in ("td", "th"):
            self.lines[-1] += " | "

    def handle_endtag(self, tag: str) -> None:
        self._out -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._out:
            self.lines[-1] += re.sub(r"\s+", " ", data)

    def text(self) -> str:
        return "".join(f"{line.strip()}\n" for line in self.lines if line.strip(" |"))


def words_of(page: Path) -> str:
    return CODE.sub("content code 7F3A-19C2", Words(page.read_text(encoding="utf-8")).text())


def charts_of(page: Path) -> list[str]:
    found = re.findall(
        r'<script type="application/json" id="chart-\d+">(.*?)</script>', page.read_text(encoding="utf-8")
    )
    return [str(each) for each in found]


def test_the_templates_have_no_fault() -> None:
    assert check_pack(PACK.folder)[0] == []


def test_it_reads_as_its_golden_text(outputs: Path, bare: Path, golden: Callable[[str, str], None]) -> None:
    golden("dashboard-page.txt", words_of(outputs / "dashboard.html"))
    golden("dashboard-page-without-rows.txt", words_of(bare / "dashboard.html"))
    told = text_of((outputs / "dashboard.docx").read_bytes())
    golden("dashboard.txt", CODE.sub("content code 7F3A-19C2", told))


def test_word_takes_it_and_everybody_can_read_it(
    outputs: Path, bare: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    files = [outputs / "dashboard.docx", bare / "dashboard.docx", PACK.folder / "dashboard.docx"]
    assert ooxml_faults(files) == []
    assert [faults(file.read_bytes()) for file in files[:2]] == [[], []]


def test_it_has_its_pages(outputs: Path, soffice: Office, pdf_pages: Callable[[Path], list[str]]) -> None:
    pages = pdf_pages(soffice(outputs / "dashboard.docx"))
    assert len(pages) in range(14, 21)
    assert "At a glance" in pages[0]
    assert all(page.strip() for page in pages)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "script", ["", CONDITION, OFF, OPEN], ids=["all", "one condition", "off track", "tables open"]
)
def test_everybody_can_use_it_in_every_state(script: str, dark: bool, page: Path, chromium: Chromium) -> None:
    visit = chromium(page, f"{DRAWN}{script} return document.querySelectorAll('.drawing svg').length", dark)
    assert (visit.violations, visit.errors, visit.requests, visit.value) == ([], [], [], 11)


@pytest.mark.parametrize("width", [320, 400, 640])
def test_it_fits_a_narrow_screen(width: int, page: Path, chromium: Chromium) -> None:
    visit = chromium(page, f"{DRAWN} return document.documentElement.scrollWidth", viewport=(width, 800))
    assert (visit.violations, visit.errors) == ([], [])
    assert visit.value <= width


def test_a_condition_leaves_what_belongs_to_it(page: Path, chromium: Chromium) -> None:
    visit = chromium(
        page,
        f"""
        const shown = () => [
          [...document.querySelectorAll('[data-measure]')].filter((each) => each.checkVisibility())
            .map((each) => each.id),
          [...document.querySelectorAll('#levels tbody tr')].filter((each) => each.checkVisibility()).length,
          document.getElementById('shown').textContent,
        ];
        const seen = [shown()];
        {CONDITION}
        seen.push(shown());
        {OFF}
        seen.push(shown());
        choice.value = '';
        choice.dispatchEvent(new Event('change', {{ bubbles: true }}));
        seen.push(shown());
        return [seen, document.getElementById('shown').getAttribute('role')];
        """,
    )
    (everything, one, none, off), role = visit.value
    assert role == "status"
    assert [len(everything[0]), everything[1]] == [9, 7]
    assert one[:2] == [["measure-4"], 1]
    assert one[2].startswith("Condition 3.2: 1 of 9 measures shown")
    assert none[0] == []
    assert [len(off[0]), off[1]] == [4, 7]


def test_pointing_at_a_period_tells_its_values_and_cells(page: Path, chromium: Chromium) -> None:
    visit = chromium(
        page,
        f"""{DRAWN}
        const strips = document.querySelectorAll('#measure-1 .drawing svg .mark-rect path');
        const strip = strips[strips.length - 1];
        strip.scrollIntoView();
        await new Promise((done) => setTimeout(done, 300));
        const box = strip.getBoundingClientRect();
        const at = {{ bubbles: true, clientX: box.left + 5, clientY: box.top + 20, view: window }};
        const bubble = document.querySelector('.chart-values');
        const seen = [bubble.hidden];
        for (const kind of ['pointerover', 'mouseover', 'pointermove', 'mousemove'])
          strip.dispatchEvent(new (kind.startsWith('p') ? PointerEvent : MouseEvent)(kind, at));
        await new Promise((done) => setTimeout(done, 100));
        seen.push(bubble.hidden, bubble.textContent);
        document.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Escape', bubbles: true }}));
        seen.push(bubble.hidden);
        return seen;
        """,
    )
    told = "Oct 2024\nActual: 6,161 ('Metric data'!C10)\nForecast: 5,669 ('Metric data'!D10)"
    assert visit.value == [True, False, told, True]


def test_everything_is_reached_by_keyboard(page: Path, chromium: Chromium) -> None:
    """Nothing that can be used is left out of the order, and nothing has an order of its own."""
    visit = chromium(
        page,
        """
        const used = [...document.querySelectorAll('a, select, input, summary, [tabindex]')];
        return [used.filter((each) => each.tabIndex > 0 || (each.tabIndex < 0 && each.id !== 'main')).length,
          used.filter((each) => each.matches('summary')).length,
          [...document.querySelectorAll('*')]
            .filter((each) => [...each.attributes].some(({ name }) => /^on/.test(name))).length];
        """,
    )
    assert visit.value == [0, 9, 0]


def test_paper_has_all_of_it(page: Path, tmp_path: Path, pdf_pages: Callable[[Path], list[str]]) -> None:
    """Printed by Chromium: what is closed on the screen is there, and no control."""
    made = tmp_path / "dashboard.pdf"
    output(
        program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=20000", "--no-pdf-header-footer", f"--print-to-pdf={made}", page.as_uri(),
    )  # fmt: skip
    told = re.sub(r"\s+", " ", " ".join(pdf_pages(made)))
    assert "Only measures that are off track" not in told
    for title in re.findall(r'-heading">(.*?)</h[23]>', page.read_text(encoding="utf-8")):
        assert title in told
    assert "'Metric data'!C4, D4" in told
    assert "DRAFT" in told
    assert told.count("7,996") >= 1


def test_without_scripts_its_tables_and_sentences_are_there(
    page: Path, chromium: Chromium, tmp_path: Path
) -> None:
    still = tmp_path / "still.html"
    html = page.read_text(encoding="utf-8")
    still.write_text(re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL), encoding="utf-8")
    visit = chromium(
        still,
        "return [document.getElementById('filter').hidden, document.querySelectorAll('.drawing p').length,"
        " document.querySelectorAll('table').length, document.querySelector('.drawing p').textContent]",
    )
    assert (visit.violations, visit.errors) == ([], [])
    hidden, sentences, tables, told = visit.value
    assert (hidden, sentences) == (True, 11)
    assert tables > 12
    assert told.startswith("Line chart: Education, health and care plans (EHCPs).")


def test_the_page_is_small_and_calls_nobody(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert len(html.encode()) < 3_000_000
    assert html.count("<script>") == 3
    assert not re.search(
        r'(src|href)="(?!#|data:|mailto:)', re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    )


def test_words_of_a_workbook_are_never_markup(chromium: Chromium, tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        for row in rows["Metrics"][:2]:
            row["Title"] = HOSTILE + row["Metric"]
        for sheet in ("Metrics", "Metric data"):
            for row in rows[sheet]:
                row["Metric"] = HOSTILE if row["Metric"] == "INMSS" else row["Metric"]
        rows["Exhibits"] = [each for each in rows["Exhibits"] if "INMSS" not in str(each["Series"])]
        rows["Progress"] = [each for each in rows["Progress"] if "INMSS" not in str(each["Content"])]
        rows["Conditions"][0]["Condition"] = HOSTILE
        rows["Updates"][0]["Update"] = HOSTILE
        for row in rows["Conditions"] + rows["Risks"]:
            row[HOSTILE] = row.pop("Update 1 (May)")
        for row in rows["Finance"]:
            row["Scenario"] = HOSTILE if row["Scenario"] == "Mitigated" else row["Scenario"]
            row["Line"] = f"{row['Line']} {HOSTILE}"
        item(rows, "Forecast scenario", HOSTILE)
        item(rows, "Authority", HOSTILE)

    file = built(saved(tmp_path, EXAMPLE, change), tmp_path / "out").folder / "dashboard.html"
    visit = chromium(
        file,
        f"{DRAWN} return [window.ran, document.querySelectorAll('img').length,"
        " document.querySelectorAll('.drawing svg').length, document.querySelector('h1').textContent]",
    )
    assert (visit.violations, visit.errors, visit.requests) == ([], [], [])
    ran, pictures, drawn, heading = visit.value
    assert (ran, pictures, drawn) == (None, 0, 11)
    assert "</script><script>window.ran=1</script>" in heading
    assert all("<" not in each and "\u2028" not in each for each in charts_of(file))


def test_a_script_that_reached_the_page_would_not_run(page: Path, chromium: Chromium, tmp_path: Path) -> None:
    """The policy itself, behind the escaping."""
    planted = tmp_path / "planted.html"
    smuggled = (
        "<p onclick='window.ran = 1' id=planted>x</p><script>window.ran = 1</script>"
        "<style>main{display:none}</style>"
    )
    planted.write_text(
        page.read_text(encoding="utf-8").replace("<main ", f"{smuggled}<main ", 1), encoding="utf-8"
    )
    visit = chromium(
        planted,
        "document.getElementById('planted').click();"
        " return [window.ran, getComputedStyle(document.querySelector('main')).display]",
    )
    assert visit.value == [None, "block"]


def test_a_bare_workbook_has_a_dashboard_too(bare: Path, chromium: Chromium) -> None:
    visit = chromium(
        bare / "dashboard.html", "return document.querySelectorAll('.drawing').length", dark=True
    )
    assert (visit.violations, visit.errors, visit.requests, visit.value) == ([], [], [], 0)


def test_many_measures_and_conditions_are_still_of_use(chromium: Chromium, tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        bare_rows(rows)
        units = ("number", "percent", "£", "£000", "£m")
        rows["Conditions"] = [
            {"Ref": f"{number}", "Condition": f"Undertaking {number}", "Update 1 (May)": "Green",
             "Update 2 (August)": "Red", "Update 3 (November)": "Amber"}
            for number in range(1, 15)
        ]  # fmt: skip
        for number in range(20):
            name = f"Mesur {number}"
            rows["Metrics"].append(
                {"Metric": name, "Title": f"Tŷ {number}", "Unit": units[number % 5], "Better when": "lower",
                 "Conditions": f"{number % 14 + 1}"}
            )  # fmt: skip
            rows["Metric data"] += [
                {"Metric": name, "Period": f"{2020 + month // 12}-{month % 12 + 1:02d}", "Actual": month + number,
                 "Forecast": 2 * month}
                for month in range(60)
                if month % 7
            ]  # fmt: skip

    file = built(saved(tmp_path, EXAMPLE, change), tmp_path / "out").folder / "dashboard.html"
    visit = chromium(file, f"{DRAWN} return document.querySelectorAll('.drawing svg').length")
    assert (visit.violations, visit.errors, visit.requests, visit.value) == ([], [], [], 20)
    assert file.stat().st_size < 3_000_000


def test_the_review_is_of_this_pack(outputs: Path) -> None:
    assert {each.name for each in outputs.glob("dashboard-review.*")} == {
        "dashboard-review.docx",
        "dashboard-review.html",
        "dashboard-review.json",
    }
    told = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))
    review = json.loads((outputs / "dashboard-review.json").read_text(encoding="utf-8"))
    assert review["content_code"] == told["content_code"]
    assert review["content_code"] in (outputs / "dashboard.html").read_text(encoding="utf-8")


def test_approved_it_is_no_draft(tmp_path: Path) -> None:
    code = built(saved(tmp_path, EXAMPLE), tmp_path / "out").code

    def sign(rows: Rows) -> None:
        for row in rows["Sign-off"]:
            row["Content code"] = code

    final = built(saved(tmp_path, EXAMPLE, sign), tmp_path / "out")
    assert (final.code, final.finality.reasons) == (code, ())
    html = (final.folder / "dashboard.html").read_text(encoding="utf-8")
    assert "DRAFT" not in html.partition("<script")[0]
    assert code not in html


def test_the_code_follows_what_the_page_shows(tmp_path: Path) -> None:
    code = built(saved(tmp_path, EXAMPLE), tmp_path / "out").code

    def change(rows: Rows) -> None:
        rows["Metric data"][0]["Forecast"] = 5563

    assert built(saved(tmp_path, EXAMPLE, change), tmp_path / "out").code != code


def test_the_same_input_gives_the_same_bytes(
    outputs: Path, example_workbooks: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing kept, in another time zone and locale."""
    again = output(
        "env", "TZ=Pacific/Auckland", "LC_ALL=de_DE.UTF-8", f"SVREPORT_CACHE={tmp_path / 'cache'}",
        str(Path(__import__("sys").prefix) / "bin" / "svreport"), "build", str(example_workbooks[EXAMPLE]),
        "--pack", "dashboard", "--out", str(tmp_path / "out"),
    )  # fmt: skip
    assert "dashboard.html" in again
    for name in ("dashboard.html", "dashboard.docx"):
        assert (tmp_path / "out" / EXAMPLE / name).read_bytes() == (outputs / name).read_bytes()
