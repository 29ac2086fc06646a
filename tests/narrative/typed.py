"""What of a typed text has to be found again: every visible character that is not part of a marker, rule or bar."""

from svreport.narrative.blocks import Block, Cell, List, ListKind, Paragraph, Run, Table


def outline(blocks: tuple[Block, ...]) -> list[object]:
    """The blocks as plain lists to compare with: a paragraph is its text with the runs' styles in front."""
    return [_told(block) for block in blocks]


def styled(runs: tuple[Run, ...]) -> str:
    """`b:` before bold, `i:` before italic and `<target>` before a link; runs of another style between bars."""
    return "|".join(_style(run) + run.text for run in runs)


def _style(run: Run) -> str:
    kind = "b" * run.bold + "i" * run.italic + "f" * (run.figure is not None) + "m" * run.mark
    return (f"{kind}:" if kind else "") + (f"<{run.link}>" if run.link else "")


def _told(block: Block) -> object:
    if isinstance(block, Paragraph):
        return styled(block.runs)
    if isinstance(block, List):
        return {heading(block): [outline(item.blocks) for item in block.items]}
    assert isinstance(block, Table)
    return [[cell(each) for each in row] for row in (block.header, *block.rows)]


def heading(block: List) -> str:
    """`- ` for bullets, else the first item's marker as it prints."""
    if block.kind is ListKind.BULLET:
        return "-"
    return marker(block, 0)


def marker(block: List, position: int) -> str:
    value = block.start + position
    if block.kind is ListKind.NUMBER:
        label = str(value)
    else:
        label = _roman(value) if block.kind is ListKind.ROMAN else chr(ord("a") + value - 1)
    label = label.upper() if block.upper else label
    return f"({label})" if block.closing == "()" else label + block.closing


def _roman(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("", "x", "xx", "xxx", "xl", "l")[tens] + (
        "",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
    )[ones]


def cell(each: Cell) -> str:
    return styled(each.runs) + ("#" if each.numeric else "")


def printed(blocks: tuple[Block, ...]) -> str:
    """Everything that a reader of the document sees, markers of numbered and lettered lists included."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts += [run.text for run in block.runs]
        elif isinstance(block, List):
            for position, item in enumerate(block.items):
                parts += [
                    "" if block.kind is ListKind.BULLET else marker(block, position),
                    printed(item.blocks),
                ]
        else:
            assert isinstance(block, Table)
            parts += [run.text for row in (block.header, *block.rows) for each in row for run in each.runs]
    return " ".join(parts)
