"""What a PDF tells a person who cannot see it: its tags, read through pikepdf, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

# Operators that put something on the page: text, lines, fills, pictures, shades.
_PAINTS = frozenset(("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"))
_STANDARD = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl "
    "LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu "
    "WT WP Figure Formula Form".split()
)


@dataclass(frozen=True)
class Tag:
    """A tag of the structure: what kind it is in PDF's own words, and what it says of itself."""

    kind: str
    element: Any
    children: list["Tag"] = field(default_factory=list)
    content: set[tuple[Any, int]] = field(default_factory=set)

    def all(self) -> Iterator["Tag"]:
        yield self
        for child in self.children:
            yield from child.all()

    def rows(self) -> list["Tag"]:
        """A table's own rows, not those of tables in its cells."""
        groups = [child for child in self.children if child.kind in ("THead", "TBody", "TFoot")]
        return [row for each in (self, *groups) for row in each.children if row.kind == "TR"]

    def of(self, *kinds: str) -> list["Tag"]:
        return [each for each in self.all() if each.kind in kinds]


class TaggedPdf:
    """A PDF with its tags in reading order; not to be used after its `with`."""

    def __init__(self, path: Path) -> None:
        self._pdf = pikepdf.open(path)
        self.catalog: Any = self._pdf.Root
        structure: Any = self.catalog.get("/StructTreeRoot", {})
        self.roles = {str(key)[1:]: str(told)[1:] for key, told in structure.get("/RoleMap", {}).items()}
        self.root = Tag("root", structure)
        self._read(structure.get("/K"), self.root, None)

    def __enter__(self) -> "TaggedPdf":
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def _read(self, kids: Any, tag: Tag, page: Any) -> None:
        for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
            if isinstance(kid, int):
                tag.content.add((page.objgen, kid))
            elif kid.get("/Type") == "/MCR":
                tag.content.add((kid.get("/Pg", page).objgen, int(kid.MCID)))
            elif "/S" in kid:
                own = str(kid.S)[1:]
                child = Tag(own if own in _STANDARD else self.roles.get(own, own), kid)
                tag.children.append(child)
                self._read(kid.get("/K"), child, kid.get("/Pg", page))

    def title(self) -> str:
        return str(self._pdf.docinfo.get("/Title", ""))

    def metadata(self, key: str) -> str:
        with self._pdf.open_metadata() as told:
            return str(told.get(key, ""))

    def headings(self) -> list[int]:
        return [
            int(each.kind[1:]) for each in self.root.all() if each.kind[0] == "H" and each.kind[1:].isdigit()
        ]

    def bookmarks(self) -> list[tuple[int, str]]:
        """(depth, words) of each, as a reader shows them beside the pages."""

        def told(items: Any, depth: int) -> Iterator[tuple[int, str]]:
            for item in items:
                yield depth, item.title
                yield from told(item.children, depth + 1)

        with self._pdf.open_outline() as outline:
            return list(told(outline.root, 1))

    def text_of_alt(self) -> list[str]:
        return [str(each.element.get("/Alt", "")) for each in self.root.of("Figure")]

    def faults(self) -> list[str]:
        """What PDF/UA-1 asks for and a program can see, as far as it is missing."""
        return [
            *self._of_the_whole(),
            *self._of_tags(),
            *self._of_tables(),
            *self._of_links(),
            *self._of_pages(),
        ]

    def _of_the_whole(self) -> Iterator[str]:
        if not self.catalog.get("/MarkInfo", {}).get("/Marked"):
            yield "it is not tagged"
        if self.metadata("pdfuaid:part") != "1":
            yield "it does not say that it is PDF/UA-1"
        if str(self.catalog.get("/Lang", "")) != "en-GB":
            yield f"its language is {self.catalog.get('/Lang')}"
        if not self.catalog.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            yield "its window does not show its title"
        if not self.title() or self.metadata("dc:title") != self.title():
            yield f"its titles are {self.title()!r} and {self.metadata('dc:title')!r}"
        for each in self._pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
                if not any(file in each for file in ("/FontFile", "/FontFile2", "/FontFile3")):
                    yield f"the font {each.FontName} is not inside"
            elif (
                isinstance(each, pikepdf.Dictionary)
                and each.get("/Type") == "/Font"
                and "/ToUnicode" not in each
            ):
                yield f"the letters of the font {each.BaseFont} cannot be read"

    def _of_tags(self) -> Iterator[str]:
        for own, role in self.roles.items():
            if own in _STANDARD:
                yield f"the tag {own} is said to be a {role}"
            if role not in _STANDARD:
                yield f"the tag {own} is said to be a {role}, which is none"
        for tag in self.root.all():
            if tag is not self.root and tag.kind not in _STANDARD:
                yield f"a tag {tag.kind}"
            language = str(tag.element.get("/Lang", "en-GB"))
            if language != "en-GB":
                yield f"a {tag.kind} in {language}"
        for figure in self.root.of("Figure"):
            if not str(figure.element.get("/Alt", "")).strip():
                yield "a figure without alt text"
        levels = self.headings()
        if levels[:1] != [1] or any(after > before + 1 for before, after in pairwise(levels)):
            yield f"headings out of order: {levels}"

    def _of_tables(self) -> Iterator[str]:
        for table in self.root.of("Table"):
            rows = [[cell for cell in row.children if cell.kind in ("TH", "TD")] for row in table.rows()]
            if not rows or any(cell.kind != "TH" for cell in rows[0]):
                yield "a table without a heading row"
            if any(cell.kind == "TH" for row in rows[1:] for cell in row):
                yield "the heading of a column below the heading row"
            for cell in (cell for row in rows for cell in row if cell.kind == "TH"):
                if "/Column" not in [str(each.get("/Scope")) for each in _attributes(cell)]:
                    yield "a heading that does not say of what"
        for items in self.root.of("L"):
            if any(each.kind not in ("LI", "L") for each in items.children):
                yield "a list of something else than items"

    def _of_links(self) -> Iterator[str]:
        tagged = {
            kid.Obj.objgen
            for link in self.root.of("Link")
            for kid in _list(link.element.get("/K"))
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
        }
        for link in self.root.of("Link"):
            kids = _list(link.element.get("/K"))
            if not any(isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" for kid in kids):
                yield "a link that leads nowhere"
        for number, page in enumerate(self._pdf.pages, 1):
            links: list[Any] = list(page.obj.get("/Annots", []))
            if links and str(page.obj.get("/Tabs")) != "/S":
                yield f"the links of page {number} are not reached in reading order"
            for annotation in links:
                if annotation.objgen not in tagged:
                    yield f"a link on page {number} that is not tagged"
                if not str(annotation.get("/Contents", "")).strip():
                    yield f"a link on page {number} that says nothing"

    def _of_pages(self) -> Iterator[str]:
        known = {place for tag in self.root.all() for place in tag.content}
        for on, page in enumerate(self._pdf.pages, 1):
            inside: list[bool] = []
            for step in pikepdf.parse_content_stream(page):
                told = str(step.operator)
                if told in ("BMC", "BDC"):
                    mark: Any = step.operands[1] if told == "BDC" else {}
                    number: Any = mark.get("/MCID") if isinstance(mark, pikepdf.Dictionary) else None
                    inside.append(str(step.operands[0]) == "/Artifact" or (page.obj.objgen, number) in known)
                elif told == "EMC":
                    inside.pop()
                elif told in _PAINTS and not any(inside):
                    yield f"something on page {on} that is neither tagged nor set aside"


def _attributes(tag: Tag) -> list[Any]:
    return [each for each in _list(tag.element.get("/A")) if isinstance(each, pikepdf.Dictionary)]


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [] if value is None else [value]
