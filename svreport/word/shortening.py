"""The looks of a template's XML put aside while its tags are filled: what docxtpl and Jinja need not see."""

import re

# Properties of runs, paragraphs, tables and sections, without a tag in them.
_LOOKS = re.compile(r"<w:(rPr|pPr|tcPr|trPr|tblPr|tblGrid|sectPr)>[^{}]*?</w:\1>", re.DOTALL)
# What docxtpl looks for in properties, or past them.
_ASKS_FOR_LOOKS = re.compile(r"colspan|cellbg|\b[vh]m\b|\{%-|-%\}")
_MARK = re.compile(r"<k (\d+)/>")


class Shortened:
    """XML with a mark in place of each stretch of properties, and what the marks stand for."""

    def __init__(self, xml: str) -> None:
        self._kept: list[str] = []
        self.xml = xml if _ASKS_FOR_LOOKS.search(xml) else _LOOKS.sub(self._keep, xml)

    def _keep(self, found: re.Match[str]) -> str:
        self._kept.append(found[0])
        return f"<k {len(self._kept) - 1}/>"

    def whole(self, xml: str) -> str:
        """The XML that was made of the shortened, each mark, however often it stands there, as what it stands for."""
        return _MARK.sub(lambda mark: self._kept[int(mark[1])], xml) if self._kept else xml
