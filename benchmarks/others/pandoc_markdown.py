"""The return's three documents with pandoc from Markdown, charts with matplotlib: `pandoc_markdown.py WORKBOOK OUT`.

Tables with lists and pictures in their cells are grid tables; styles come from templates/reference.docx.
"""

import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from reading import Block, Workbook
from with_matplotlib import draw_charts

REFERENCE = Path(__file__).parent / "templates" / "reference.docx"
WIDTH = "158mm"
PLAIN = str.maketrans({each: f"\\{each}" for each in "\\'\"$<>@^~#|"})


def write_documents(workbook: Workbook, charts: dict[str, Path], out: Path) -> None:
    named = f"{workbook.programme['Authority']}, {workbook.current}, {workbook.programme['Financial year']}"
    as_at = styled("Source", f"Data as at {workbook.data_as_at}.") if workbook.data_as_at else ""
    _convert(overview(workbook, named), out / "programme-overview.docx")
    _convert(update(workbook, charts, named, as_at), out / "detailed-update.docx")
    _convert(register(workbook, named, as_at), out / "risk-register.docx")


def _convert(markdown: str, file: Path) -> None:
    command = [
        "pandoc",
        "--from=markdown-smart",
        "--to=docx",
        f"--reference-doc={REFERENCE}",
        "-o",
        str(file),
    ]
    subprocess.run(command, input=markdown, text=True, check=True)


def overview(workbook: Workbook, named: str) -> str:
    programme = workbook.programme
    first = [
        [programme["Authority"]],
        [workbook.submitted],
        [styled("Table Heading", "S151 Officer:"), styled("Table Heading", "DCS:")],
        [
            part
            for title, role in (("CEO:", "CEO"), ("S151 Officer:", "S151 Officer"), ("DCS:", "DCS"))
            for part in [styled("Table Heading", title), *people(workbook, role)]
        ],
    ]
    head = [
        ["**LA Name**"],
        ["**Date Report Submitted**"],
        ["**Signed off by S151 Officer & Director of Children\\'s Services**"],
        ["**Name & Email Address of Key Personnel**"],
    ]
    support = [
        "Do you need additional support from either of our specialist SEND advisers (early years / inclusion) "
        "to support the effective delivery of your Safety Valve plan? If yes, please specify which area "
        "(early years / inclusion) you would like extra support in, giving a brief overview of how this "
        "support would be beneficial.",
        *placed(workbook.text(programme.get("Specialist adviser support")), {}),
    ]
    contacts = [
        styled("Table Heading", "Other key contacts for Safety Valve:"),
        *people(workbook, "Other"),
    ]
    answers = [["**Yes/No**"], ["**Commentary**"]]
    return "\n\n".join(
        [
            f"# Programme overview: {named}",
            grid([head, first], (30, 30, 40, 40)),
            grid([[support, contacts]], (90, 50), header=False),
            "## Safety Valve plan",
            grid(
                [
                    [["**Is your LA\\'s Safety Valve plan on track?**"], *answers],
                    *asked(workbook, "in-year", "end-of-plan"),
                ],
                (40, 10, 90),
            ),
            "## Safety Valve capital project",
            grid([[["**Question**"], *answers], *asked(workbook, "capital")], (40, 10, 90)),
            "## Programme Headlines",
            "### This quarter, the biggest drivers of positive change have been (up to 3):",
            *placed(workbook.headlines("Drivers"), {}),
            "### This quarter, the biggest barrier(s) to successful implementation of the Safety Valve plan "
            "have been (up to 3):",
            *placed(workbook.headlines("Barriers"), {}),
            "### This quarter, the best examples of stakeholder engagement around the Safety Valve plan have "
            "been (up to 3):",
            *placed(workbook.headlines("Engagement"), {}),
            "## Strategic data dashboard",
            "Alongside your Safety Valve financial and narrative monitoring reports, please share with us the "
            "latest strategic data dashboard utilised by your governance oversight board for Safety Valve.",
            styled(
                "Prompt",
                "NB This should not be something created for the DfE Safety Valve monitoring process; if you "
                "do not have a strategic data dashboard, just let us know.",
            ),
            programme.get("Dashboard", "").translate(PLAIN),
        ]
    )


def update(workbook: Workbook, charts: dict[str, Path], named: str, as_at: str) -> str:
    prompt = (
        "Please include/refer to relevant data and evidence to support your rating and explain the scale of any "
        "impacts"
    )
    head = [
        ["**Agreement Condition**"],
        ["**Assurance Level**"],
        ["**Progress Update from this Quarter**", f"*{prompt}*"],
    ]
    rows = [
        [
            [f"**{row['heading']}** {row['wording'].translate(PLAIN)}"],
            stacked(row["levels"]),
            placed(row["progress"], charts),
        ]
        for row in workbook.conditions()
    ]
    key = [[[shaded(row["name"])], [row["definition"].translate(PLAIN)]] for row in workbook.key()]
    return "\n\n".join(
        [
            f"# Detailed update: {named}",
            grid([head, *rows], (40, 32, 124)),
            "## Key to assurance levels",
            grid([[["**RAG**"], ["**Definition**"]], *key], (32, 150)),
            as_at,
        ]
    )


def register(workbook: Workbook, named: str, as_at: str) -> str:
    titles = ("Risk", "Assurance Level", "Mitigation", "Progress Update from this Quarter")
    rows = [
        [
            [f"**{row['heading']}** {row['wording'].translate(PLAIN)}"],
            stacked(row["levels"]),
            placed(row["mitigation"], {}),
            placed(row["progress"], {}),
        ]
        for row in workbook.risks()
    ]
    head = [[f"**{title}**"] for title in titles]
    return "\n\n".join([f"# Risk register: {named}", grid([head, *rows], (40, 32, 60, 64)), as_at])


def people(workbook: Workbook, role: str) -> list[str]:
    return [
        styled(style, text.translate(PLAIN))
        for person in workbook.people(role)
        for style, text in (("Table Text", person["described"]), ("Body Text", person["email"]))
    ]


def asked(workbook: Workbook, *refs: str) -> list[list[list[str]]]:
    return [
        [[each["question"].translate(PLAIN)], [each["answer"]], placed(each["commentary"], {})]
        for each in workbook.questions(*refs)
    ]


def stacked(levels: Sequence[dict]) -> list[str]:
    return [
        part for level in levels for part in (styled("Level Label", level["label"]), shaded(level["name"]))
    ]


def shaded(level: str) -> str:
    return styled(f"Level {level}", level)


def styled(style: str, text: str) -> str:
    return f'::: {{custom-style="{style}"}}\n{text}\n:::'


def placed(blocks: Sequence[Block], charts: dict[str, Path]) -> list[str]:
    """Markdown again, as pandoc reads it: lists stay together, everything else has a line between."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        match block.kind:
            case "picture":
                text = f"![]({charts[block.exhibit.name]}){{width={WIDTH}}}"
            case "table":
                widths = [max(8, min(30, len(cell))) for cell in block.rows[0]]
                text = grid([[[cell.translate(PLAIN)] for cell in row] for row in block.rows], widths)
            case "bullet":
                text = f"- {block.text.translate(PLAIN)}"
            case "inner bullet":
                text = f"    - {block.text.translate(PLAIN)}"
            case "numbered":
                text = f"{block.mark} {block.text.translate(PLAIN)}"
            case _:
                text = block.text.translate(PLAIN)
        in_list = block.kind.endswith(("bullet", "numbered"))
        if in_list and before.endswith(("bullet", "numbered")):
            parts[-1] += f"\n{text}"
        else:
            parts.append(text)
        before = block.kind
    return parts


def grid(rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[int], header: bool = True) -> str:
    """A grid table whose cells hold blocks; its widths, in characters, are in proportion to the columns'."""
    drawn = []
    wide = list(widths)
    cells = [[_lines(cell, wide[at]) for at, cell in enumerate(row)] for row in rows]
    for at in range(len(wide)):
        wide[at] = max(wide[at], *(len(line) for row in cells for line in row[at]))
    for number, row in enumerate(cells):
        rule = "=" if header and number == 1 else "-"
        drawn.append("+" + "+".join(rule * (width + 2) for width in wide) + "+")
        for line in range(max(len(cell) for cell in row)):
            texts = (cell[line] if line < len(cell) else "" for cell in row)
            drawn.append(
                "|" + "|".join(f" {text:{width}} " for text, width in zip(texts, wide, strict=True)) + "|"
            )
    drawn.append("+" + "+".join("-" * (width + 2) for width in wide) + "+")
    return "\n".join(drawn)


def _lines(blocks: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if lines:
            lines.append("")
        for line in block.split("\n"):
            if line.startswith(("+", "|", ":::", "![")):
                lines.append(line)
                continue
            lead = len(line) - len(line.lstrip(" "))
            hang = " " * (lead + (line.lstrip().find(" ") + 1 if _is_item(line.strip()) else 0))
            lines += textwrap.wrap(line, width, subsequent_indent=hang, break_long_words=False) or [""]
    return lines


def _is_item(line: str) -> bool:
    mark = line.split(" ", 1)[0]
    return mark == "-" or (mark[:-1].isalnum() and mark[-1:] in ".)" and len(mark) <= 3)


if __name__ == "__main__":
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    read = Workbook(source)
    write_documents(read, draw_charts(read, out / "charts"), out)
