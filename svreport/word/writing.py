"""The file that is being written: its styles and lists, and where in it blocks are laid out."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote

from svreport.word.archive import KIND, Archive
from svreport.word.markup import Element, find, local
from svreport.word.numbering import Numbering
from svreport.word.picture_parts import Pictures
from svreport.word.styles import TEXT, Styles

_WEB = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL
)
_MAIL = re.compile(r"mailto:[^\s@<>\"]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\?.*)?", re.IGNORECASE | re.DOTALL)


class Writing:
    """One file that is being written.

    `pages` keeps the width and height that a section's pages leave, `margins` what a table's cells keep free on both
    sides, once they were worked out.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.styles = Styles(archive)
        self.pages: dict[Element | None, tuple[int, int]] = {}
        self.margins: dict[Element, int] = {}

    @cached_property
    def sections(self) -> dict[Element, Element]:
        """The properties of the section that each paragraph and table of the body stands in, as laid out at first."""
        found: dict[Element, Element] = {}
        section: Element | None = None
        for element in reversed(self.archive.body):
            if local(element) == "sectPr":
                section = element
                continue
            ending = find(element, "w:pPr/w:sectPr")
            section = section if ending is None else ending
            if section is not None:
                found[element] = section
        return found

    @cached_property
    def numbering(self) -> Numbering:
        return Numbering(self.archive)

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self.archive)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where blocks go: in which part, how much room there is (in twips), and how the tag itself looks.

    `style` is the style of the tag's paragraph, `shape` what else the office gave that paragraph (a `w:pPr` with its
    alignment and spacing), `look` how its letters are (a `w:rPr`). `under` is how far lists stand in, where the tag's
    paragraph is numbered and they belong under its text.
    """

    writing: Writing
    part: str
    width: int
    height: int
    style: str | None = None
    indent: int = 0
    depth: int = 0
    shape: Element | None = None
    look: Element | None = None
    under: int = 0

    @property
    def styles(self) -> Styles:
        return self.writing.styles

    def style_for(self, names: tuple[str, ...]) -> str | None:
        """The style for text of a kind: the first of the names, else that of the tag's paragraph, else plain text's."""
        return self.styles.find(names) or self.text_style

    @property
    def text_style(self) -> str | None:
        """The style of plain text here: that of the tag's paragraph, where the office gave it one."""
        return self.style or self.styles.find(TEXT)

    def indented(self, by: int) -> "Spot":
        """The same place one level deeper in a list."""
        return replace(self, indent=self.indent + by, depth=self.depth + 1, width=max(self.width - by, 567))

    def below(self) -> "Spot":
        """The same place for what belongs under the text of the tag's paragraph."""
        return replace(
            self, indent=self.indent + self.under, width=max(self.width - self.under, 567), under=0
        )

    def in_table(self) -> "Spot":
        """The same place for a table's cells, which look as tables do."""
        return replace(self, shape=None, look=None, indent=0, under=0)

    def link(self, target: str) -> str | None:
        """The id of the relationship to an address, or None for one that Word must not be given."""
        safe = safe_address(target)
        if safe is None:
            return None
        return self.writing.archive.relate(self.part, KIND + "hyperlink", safe, external=True)


def safe_address(target: str) -> str | None:
    """An address that leads to the web or a mailbox, with what an address cannot hold percent-encoded; else None.

    Word refuses a whole file for one address that it cannot read.
    """
    target = target.strip()
    host = re.match(r"(https?://)([^/?#:]+)(.*)", target, re.IGNORECASE | re.DOTALL)
    if host is not None and not host[2].isascii():
        try:
            target = host[1] + host[2].encode("idna").decode() + host[3]
        except UnicodeError:
            return None
    if not (_WEB.fullmatch(target) or _MAIL.fullmatch(target)) or len(target) > 2000:
        return None
    target = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", target)
    head, mark, anchor = target.partition("#")
    encoded = quote(head, safe="%/:?@!$&'()*+,;=~-._", errors="replace")
    return encoded + mark + quote(anchor, safe="%/:?@!$&'()*+,;=~-._", errors="replace")
