"""What is begun before a build is even loaded. Loads next to nothing itself."""

from pathlib import Path


def draw_ahead(workbook: Path, out: Path) -> None:
    """Gets the process that draws ready, for a workbook that was never built into this folder of outputs.

    Its charts have never been drawn either, as a rule: the process loads while the workbook is read.
    """
    from svreport.publish.manifest import NAME

    if workbook.is_file() and not (out / workbook.stem / NAME).exists():
        from svreport.figures.drawing_process import make_ready

        make_ready()


def draw_again() -> None:
    """This program has more charts to draw than those of one build's exhibits: what draws them is kept meanwhile."""
    from svreport.figures.drawing_process import stay

    stay()
