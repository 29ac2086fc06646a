"""Names at the lines' ends: whole, apart from each other, and in the plot's reach."""

from hypothesis import given
from hypothesis import strategies as st

from svreport.figures.labels import LineEnd, PlacedLabel, height_needed, lines_of, placed
from svreport.figures.style import LABEL_SIZE, LINE_HEIGHT, MOST_LABEL_WIDTH
from svreport.figures.text_width import width

HEIGHT, MARGIN = 190.0, 330.0
words = st.text(alphabet="abcdefghij MWé£%", min_size=1, max_size=80)


def box(label: PlacedLabel) -> tuple[float, float, float, float]:
    wide = max(width(line, LABEL_SIZE) for line in label.lines)
    high = len(label.lines) * LINE_HEIGHT
    return (label.x, label.y - high / 2, label.x + wide, label.y + high / 2)


@given(st.lists(st.tuples(words, st.floats(0, HEIGHT), st.booleans()), min_size=1, max_size=8))
def test_names_never_lie_over_each_other(ends: list[tuple[str, float, bool]]) -> None:
    made = [LineEnd(lines_of(text), MARGIN - 9 if last else 150, y, last) for text, y, last in ends]
    height = max(HEIGHT, height_needed([end.lines for end in made]))
    labels = placed(made, [[(10, 10), (end.x, end.y)] for end in made], MARGIN, height)
    boxes = [box(label) for label in labels]
    for n, one in enumerate(boxes):
        assert one[1] >= -7
        assert one[3] <= height + 7
        for other in boxes[n + 1 :]:
            apart = (
                one[2] <= other[0]
                or other[2] <= one[0]
                or one[3] <= other[1] + 0.01
                or other[3] <= one[1] + 0.01
            )
            assert apart, (one, other)


@given(words)
def test_a_name_is_broken_into_lines_that_fit_and_lose_nothing(text: str) -> None:
    lines = lines_of(text)
    assert all(width(line, LABEL_SIZE) <= MOST_LABEL_WIDTH for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_name_that_is_not_in_the_way_stays_at_its_line() -> None:
    ends = [LineEnd(("Actual",), 300, 20, True), LineEnd(("Forecast",), 300, 150, True)]
    assert [(label.y, label.leader) for label in placed(ends, [], 309, HEIGHT)] == [(20, None), (150, None)]


def test_names_of_lines_that_end_together_are_moved_apart_evenly_with_leaders() -> None:
    ends = [LineEnd(("Actual",), 300, 100, True), LineEnd(("Forecast",), 300, 100, True)]
    first, second = placed(ends, [], 309, HEIGHT)
    assert second.y - first.y >= LINE_HEIGHT
    assert first.y + second.y == 200
    assert first.leader
    assert second.leader


def test_a_line_that_ends_early_is_named_where_no_line_passes() -> None:
    early = LineEnd(("Actual",), 150, 100, False)
    going_on = LineEnd(("Forecast",), 300, 100, True)
    through = [(10.0, 100.0), (300.0, 100.0)]
    label = placed([early, going_on], [through], 309, HEIGHT)[0]
    _, upper, right, lower = box(label)
    assert right < 309
    assert lower <= 100 or upper >= 100


def test_a_line_that_ends_early_in_a_thicket_is_named_beside_the_plot() -> None:
    early = LineEnd(("Actual",), 150, 100, False)
    thicket = [[(0.0, y), (300.0, y)] for y in range(0, 200, 5)]
    label = placed([early], [[(float(x), float(y)) for x, y in path] for path in thicket], 309, HEIGHT)[0]
    assert label.x >= 309
    assert label.leader
    assert label.leader[0] == (155, 100)
