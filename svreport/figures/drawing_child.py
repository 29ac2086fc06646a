"""The program that draws charts beside a build: specifications come in, pictures go out.

A process of its own, as the renderer keeps every other thread of its process waiting; and as a build whose renderer
fails, or is killed for want of memory, can then still say so. `figures.drawing_process` speaks with it. It loads
nothing of svreport but what renders: whatever it holds comes on top of what the build holds.
"""

from collections.abc import Iterator, Sequence

from svreport.figures import rendering
from svreport.processes import serve

# A word and a line, so that the renderer has its programs and its font at hand.
_FIRST = (
    '{"data": {"values": [{"a": 0}, {"a": 1}]}, "mark": "line", '
    '"encoding": {"x": {"field": "a", "type": "quantitative"}}}'
)


def load() -> None:
    """Starts the renderer, which takes longer than to draw some charts, while the build is still reading."""
    with rendering.bundled_font_alone():
        rendering.picture_of(_FIRST)


def draw(specs: Sequence[str]) -> Iterator[bytes | str]:
    """A picture for each specification, in their order, or the words of a fault."""
    for spec in specs:
        try:
            yield rendering.picture_of(spec)
        except Exception as fault:
            yield f"{type(fault).__name__}: {fault}"


if __name__ == "__main__":
    serve(draw, prepare=load)
