"""The plain words of a cell's Markdown, for the forms that the worked examples use: read without svreport."""

import re
from collections.abc import Mapping

_MARKER = re.compile(r"^\s*([-*•]|\d+[.)]|[a-z]\))\s+")
_RULE = re.compile(r"[\s|:-]+")


def plain_lines(markdown: str, figures: Mapping[str, str]) -> list[str]:
    """Each line's words without marks of style and list, a table's row by cells, each `{{ … }}` as it prints."""
    lines: list[str] = []
    for line in markdown.splitlines():
        told = re.sub(r"\{\{ *(.+?) *\}\}", lambda found: figures[found[1]], line)
        if told.lstrip().startswith("|"):
            if not _RULE.fullmatch(told):
                lines += [_words(cell) for cell in told.strip().strip("|").split("|")]
        elif told.strip():
            lines.append(_words(_MARKER.sub("", told, count=1)))
    return lines


def _words(text: str) -> str:
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*+", "", linked).strip()
