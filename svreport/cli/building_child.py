"""The program that builds workbooks for `side_by_side`: workbooks come in, what is told of them goes out."""

from collections.abc import Iterator
from pathlib import Path

from svreport.cli.console import speak_plainly, work_steadily
from svreport.cli.lines import Lines
from svreport.pipeline.ahead import draw_again, draw_ahead
from svreport.pipeline.options import BuildOptions
from svreport.processes import serve


def lines_of(workbook: Path, options: BuildOptions) -> Lines:
    """Builds a workbook with each of the packs."""
    draw_ahead(workbook, options.out)
    from svreport.cli.building_line import built_lines

    return built_lines(workbook, options)


def answers(request: tuple[Path, BuildOptions]) -> Iterator[Lines]:
    """The one answer to a request."""
    yield lines_of(*request)


if __name__ == "__main__":
    speak_plainly()
    work_steadily()
    draw_again()
    serve(answers)
