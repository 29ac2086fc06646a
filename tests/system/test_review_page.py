"""review.html in a browser: for everybody, in light and dark, by keyboard, whatever is filtered, without a network."""

from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from tests.documents.reviews import Rows, files_of, saved, times
from tests.system.chromium import Chromium

WITHOUT_REFERENCES = """
document.querySelector('input[value=reference]').click();
document.querySelector('input[value=only]').click();
"""
NOTHING = "for (const box of document.querySelectorAll('form input')) box.click();"
FIGURES = """
const details = document.querySelector('details');
details.open = true;
await new Promise((done) => setTimeout(done, 100));
const find = document.getElementById('find');
find.value = 'ehcp jul';
find.dispatchEvent(new Event('input', { bubbles: true }));
return document.getElementById('found').textContent;
"""
NUMBER = "document.querySelector('a.number.linked').focus();"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the later example, with a finding of each kind."""
    folder = tmp_path_factory.mktemp("page of a review")

    def change(rows: Rows) -> None:
        rows["Conditions"][0]["Update 3 (November)"] = "Purple"
        rows["Progress"][0]["Content"] += " {{ actual('EHPC') }}"
        rows["Answers"] = [{"Mark": "Q-16AE80", "Answer": "As the source gives it.", "Who": "Finance"}]

    saved(folder, EXAMPLES[0])
    file = folder / "review.html"
    file.write_bytes(files_of(saved(folder, EXAMPLES[1], change))["review.html"])
    return file


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "script",
    ["", WITHOUT_REFERENCES, NOTHING, FIGURES, NUMBER],
    ids=["all", "some", "none", "figures", "number"],
)
def test_everybody_can_use_it_in_every_state(script: str, dark: bool, page: Path, chromium: Chromium) -> None:
    visit = chromium(page, script, dark)
    assert (visit.violations, visit.errors, visit.requests) == ([], [], [])


@pytest.mark.parametrize("width", [320, 700])
def test_it_fits_a_narrow_screen(width: int, page: Path, chromium: Chromium) -> None:
    visit = chromium(page, "return document.documentElement.scrollWidth", viewport=(width, 700))
    assert visit.violations == []
    assert visit.value <= width


def test_filters_tell_what_they_show(page: Path, chromium: Chromium) -> None:
    visit = chromium(
        page,
        """
        const told = () => document.getElementById('shown').textContent;
        const shown = () => [...document.querySelectorAll('[data-finding]')].filter((each) => !each.hidden).length;
        const marked = () => document.querySelectorAll('main a.number:not([tabindex])').length;
        const seen = [[told(), shown(), marked()]];
        document.querySelector('input[value=error]').click();
        document.querySelector('input[value=reference]').click();
        seen.push([told(), shown(), marked()]);
        document.querySelector('input[value=only]').click();
        const bare = [...document.querySelectorAll('.text:not([hidden])')].filter(
          (text) => !text.querySelector('.finding:not([hidden]), a.number:not([tabindex])'));
        const rows = [...document.querySelectorAll('[data-number=reference]')].filter((row) => !row.hidden);
        seen.push([bare.length, rows.length, document.querySelectorAll('.text[hidden]').length > 0]);
        return [seen, document.querySelector('#shown').getAttribute('role')];
        """,
    )
    (everything, fewer, only), role = visit.value
    assert role == "status"
    assert everything[0].startswith(f"Shown: {everything[2]} of {everything[2]} numbers, {everything[1]} of")
    assert fewer[1] == everything[1] - 2
    assert fewer[2] < everything[2]
    assert fewer[0].startswith(f"Shown: {fewer[2]} of {everything[2]} numbers, {fewer[1]} of")
    assert only == [0, 0, True]


def test_a_number_tells_its_cell_and_figure_on_focus_and_on_hover(page: Path, chromium: Chromium) -> None:
    visit = chromium(
        page,
        """
        const bubble = document.getElementById('bubble');
        const link = document.querySelector('a.number.linked');
        const told = document.getElementById(link.getAttribute('aria-describedby')).textContent;
        const seen = [bubble.hidden];
        link.focus();
        seen.push(bubble.hidden, bubble.textContent.trim() === told.trim());
        const box = bubble.getBoundingClientRect();
        seen.push(box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight);
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
        seen.push(bubble.hidden, document.activeElement === link);
        link.blur();
        link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
        seen.push(bubble.hidden);
        bubble.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
        await new Promise((done) => setTimeout(done, 400));
        seen.push(bubble.hidden);
        document.body.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
        await new Promise((done) => setTimeout(done, 400));
        seen.push(bubble.hidden);
        return [seen, told];
        """,
    )
    seen, told = visit.value
    assert seen == [True, False, True, True, True, True, False, False, True]
    assert told.startswith("Linked: put in by the workbook: {{ finance(")
    assert "Finance!" in told
    assert "Stands at Questions!D4." in told


@pytest.mark.parametrize("refused", [False, True], ids=["allowed", "refused"])
def test_a_figures_text_is_copied(refused: bool, page: Path, chromium: Chromium) -> None:
    """By the clipboard where the browser allows it; else by hand, with the text selected and a word about it."""
    visit = chromium(
        page,
        f"""
        const copied = [];
        const clipboard = {{
          writeText: async (text) => {{ if ({str(refused).lower()}) throw new Error('no'); copied.push(text); }},
        }};
        Object.defineProperty(navigator, 'clipboard', {{ value: clipboard }});
        document.execCommand = () => false;
        document.querySelector('details').open = true;
        await new Promise((done) => setTimeout(done, 100));
        const button = [...document.querySelectorAll('#figure-rows button')]
          .find((each) => each.textContent.includes("actual('EHCP') "));
        button.click();
        await new Promise((done) => setTimeout(done, 100));
        return [copied, button.textContent, document.getElementById('copied').textContent, String(getSelection()),
          document.activeElement === button];
        """,
    )
    copied, name, told, selected, has_focus = visit.value
    written = "{{ actual('EHCP') }}"
    assert has_focus
    if refused:
        assert (copied, told, selected) == ([], "Selected: press Ctrl and C to copy it.", written)
    else:
        assert (copied, told, name) == ([written], f"Copied {written}", f"Copied {written}")


def test_without_script_it_still_reads(page: Path, chromium: Chromium, tmp_path: Path) -> None:
    html = page.read_text(encoding="utf-8")
    start, end = html.index("<script>"), html.index("</script>")
    still = tmp_path / "still.html"
    still.write_text(html[:start] + html[end + len("</script>") :], encoding="utf-8")
    visit = chromium(
        still,
        "return [document.querySelector('form').hidden, document.querySelectorAll('#figure-rows tr').length > 400,"
        " getComputedStyle(document.querySelector('a.number.unmatched')).textDecorationStyle]",
    )
    assert (visit.violations, visit.errors) == ([], [])
    assert visit.value == [True, True, "wavy"]


def test_a_script_that_a_workbook_smuggles_in_would_not_run(
    page: Path, chromium: Chromium, tmp_path: Path
) -> None:
    """The policy itself, behind the escaping: markup that reached the page is dead."""
    smuggled = (
        '<p onclick="window.ran = 1" id=planted>x</p><script>window.ran = 1</script>'
        "<style>main{display:none}</style>"
    )
    planted = tmp_path / "planted.html"
    planted.write_text(
        page.read_text(encoding="utf-8").replace("<main ", f"{smuggled}<main ", 1), encoding="utf-8"
    )
    visit = chromium(
        planted,
        """
        document.getElementById('planted').click();
        const shown = getComputedStyle(document.querySelector('main')).display;
        return [window.ran, shown, document.querySelector('form').hidden];
        """,
    )
    assert visit.value == [None, "block", False]


def test_ten_times_the_example_is_still_of_use(chromium: Chromium, tmp_path: Path) -> None:
    path = saved(tmp_path, EXAMPLES[1], lambda rows: times(rows, 10))
    file = tmp_path / "review.html"
    file.write_bytes(files_of(path)["review.html"])
    visit = chromium(
        file,
        "document.querySelector('input[value=reference]').click();"
        " return [document.querySelectorAll('main a.number').length, document.querySelectorAll('main img').length]",
    )
    assert (visit.violations, visit.errors, visit.requests) == ([], [], [])
    numbers, pictures = visit.value
    assert numbers > 1000
    assert pictures <= 12
