"""The program that draws charts beside a build: exhibits come in, pictures go out.

A process of its own, as the renderer keeps every other thread of its process waiting; and as a build whose renderer
fails, or is killed for want of memory, can then still say so. `figures.drawing_process` speaks with it.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from svreport.processes import serve

if TYPE_CHECKING:
    from svreport.figures.resolved import ResolvedExhibit


def load() -> None:
    """Loads what takes long, while the build is still reading."""
    import vl_convert  # noqa: F401

    import svreport.figures.charts  # noqa: F401


def draw(exhibits: "Sequence[ResolvedExhibit]") -> Iterator[bytes | str]:
    """A picture for each exhibit, in their order, or the words of a fault."""
    from svreport.figures.charts import chart_spec
    from svreport.figures.rendering import bundled_font_alone, picture_of

    with bundled_font_alone():
        for exhibit in exhibits:
            try:
                yield picture_of(chart_spec(exhibit))
            except Exception as fault:
                yield f"{exhibit.name}: {type(fault).__name__}: {fault}"


if __name__ == "__main__":
    serve(draw, prepare=load)
