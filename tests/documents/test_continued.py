"""Tables that went on in further ones come back as one, where that is wanted."""

from svreport.documents.importing.continued import joined
from svreport.narrative.blocks import Block, Cell, Paragraph, Run, Table


def table(*rows: str) -> Table:
    header, *others = (tuple(Cell((Run(text),)) for text in row.split("|")) for row in rows)
    return Table(header, tuple(others))


def words(text: str) -> Paragraph:
    return Paragraph((Run(text),))


FIRST, SECOND = table("Plans|Apr|May", "Actual|1|2"), table("Plans|Jun|Jul", "Actual|3|4")
THIRD = table("Plans|Aug", "Actual|5")
CONTINUED = words("Plans, continued")


def of(*blocks: Block, wanted: bool = True) -> list[Block]:
    return list(joined(blocks, lambda table: wanted))


def test_three_are_one() -> None:
    whole = table("Plans|Apr|May|Jun|Jul|Aug", "Actual|1|2|3|4|5")
    given = of(words("a"), FIRST, CONTINUED, SECOND, CONTINUED, THIRD, words("z"))
    assert given == [words("a"), whole, words("z")]


def test_a_table_without_a_title_goes_on_too() -> None:
    bare = (table("|Apr", "Actual|1"), words("Continued"), table("|May", "Actual|2"))
    assert of(*bare) == [table("|Apr|May", "Actual|1|2")]


def test_what_is_not_wanted_stays() -> None:
    given = (FIRST, CONTINUED, SECOND)
    assert of(*given, wanted=False) == [*given]


def test_other_words_rows_or_titles_are_other_tables() -> None:
    for given in (
        (FIRST, words("Plans"), SECOND),
        (FIRST, CONTINUED, table("Plans|Jun", "Forecast|3")),
        (FIRST, CONTINUED, table("Places|Jun", "Actual|3")),
        (FIRST, CONTINUED),
        (FIRST, CONTINUED, words("b")),
        (CONTINUED, SECOND),
    ):
        assert of(*given) == [*given]
