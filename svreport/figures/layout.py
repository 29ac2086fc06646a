"""An exhibit as the blocks that a document places."""

from svreport.figures.alt_text import alt_text
from svreport.figures.coming import Coming, ComingPicture
from svreport.figures.resolved import ResolvedExhibit
from svreport.figures.tables import data_table
from svreport.model.submission import ExhibitKind
from svreport.narrative.blocks import Block, Paragraph, Picture, Run


def exhibit_blocks(exhibit: ResolvedExhibit, chart: Coming | None) -> tuple[Block, ...]:
    """The chart, table or picture, its source, and a mark for each thing that it should show and cannot.

    `chart` is the chart's picture, drawn or not; None for every other kind. A chart's title is in its picture and in
    its alt text, a table's in its corner; a picture of the council's own has its title over it.
    """
    blocks: list[Block] = []
    if exhibit.kind.is_chart and chart is not None:
        blocks.append(ComingPicture(chart, alt_text(exhibit), exhibit.name))
    elif exhibit.kind is ExhibitKind.TABLE and exhibit.periods:
        blocks.append(data_table(exhibit))
    elif exhibit.picture is not None:
        file = exhibit.picture
        if exhibit.title:
            blocks.append(Paragraph((Run(exhibit.title, bold=True),)))
        words = exhibit.alt_text if exhibit.alt_text.strip() else " ".join(exhibit.marks)
        blocks.append(Picture(file.data, words, file.width, file.height, exhibit.name))
    if blocks and exhibit.source:
        blocks.append(Paragraph((Run(f"Source: {exhibit.source}"),)))
    if exhibit.marks:
        blocks.append(Paragraph(tuple(_marks(exhibit.marks))))
    return tuple(blocks)


def _marks(marks: tuple[str, ...]) -> list[Run]:
    runs = [Run(marks[0], mark=True)]
    for each in marks[1:]:
        runs += [Run(" "), Run(each, mark=True)]
    return runs
