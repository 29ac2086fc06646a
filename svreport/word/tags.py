"""The tags of a template: where each stands, and each made whole where Word has split it over runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from svreport.word.archive import Archive
from svreport.word.markup import Element, ancestor, find_all, is_on, local, name, own, remove, unwrap

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SINGLE = re.compile(r"\{\s*(?:(?:p|r)\s+)?([a-z]\w*(?:\.\w+)?)\s*\}")
_SCOPED = re.compile(r"(tr|tc|p|r)\s+(.*)", re.DOTALL)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\xa0": " "})
TAGGED = "tagged"  # an attribute of our own on paragraphs that hold tags, while the template is being filled

_REVISIONS_OUT = ("w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tcPrChange", "w:trPrChange", "w:tblPrChange",
    "w:sectPrChange", "w:tblGridChange", "w:numberingChange", "w:moveFromRangeStart", "w:moveFromRangeEnd",
    "w:moveToRangeStart", "w:moveToRangeEnd")  # fmt: skip
_NOTES_OUT = ("w:commentRangeStart", "w:commentRangeEnd", "w:proofErr")


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """A paragraph that holds tags: `number` counts the part's paragraphs, `table` its tables, `row` that one's rows."""

    part: str
    number: int
    words: str
    table: int | None
    row: int | None
    element: Element


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag: `sign` is `{{`, `{%` or `{#`, `scope` the letters right behind it (`p`, `r`, `tr`, `tc` or none)."""

    written: str
    sign: str
    scope: str
    inside: str
    where: Where
    in_attribute: bool = False


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one part in order, and the paragraphs where one was opened and not closed, or the reverse.

    `single` are words in single braces, and the name that they are: text, unless the name is that of a field.
    """

    found: list[Tag] = field(default_factory=list)
    loose: list[tuple[Where, str]] = field(default_factory=list)
    single: list[tuple[Where, str, str]] = field(default_factory=list)


def prepare(archive: Archive) -> list[Tags]:
    """The tags of every part, each made whole in its run, in a template cleared of comments and tracked changes.

    `{{p x }}` and `{{r x }}` become `{{ x }}` there: what a value is says how it is placed.
    """
    _drop_comments(archive)
    found = []
    for kind, part in archive.stories():
        root = archive.tree(part)
        _accept_revisions(root)
        found.append(_tags_of(root, "body" if kind == "document" else kind))
    return found


def _drop_comments(archive: Archive) -> None:
    for number, each in archive.relationships(archive.main).items():
        if "comments" in each.kind.rpartition("/")[2].casefold() or each.kind.endswith("/people"):
            archive.unrelate(archive.main, number)


def _accept_revisions(root: Element) -> None:
    for row in [each for each in root.iter(name("w:tr")) if _is_on_row(each, "w:del")]:
        remove(row)
    for each in list(root.iter(*(name(tag) for tag in (*_REVISIONS_OUT, *_NOTES_OUT)))):
        remove(each)
    for each in list(root.iter(name("w:commentReference"))):
        run = each.getparent()
        remove(each)
        if run is not None and all(local(child) == "rPr" for child in run):
            remove(run)
    for each in list(root.iter(name("w:ins"), name("w:moveTo"))):
        parent = each.getparent()
        if parent is not None and local(parent) in ("rPr", "trPr"):
            remove(each)
        else:
            unwrap(each)
    for each in [
        mark for mark in root.iter(name("w:bookmarkStart")) if mark.get(name("w:name")) == "_GoBack"
    ]:
        for end in root.iter(name("w:bookmarkEnd")):
            if end.get(name("w:id")) == each.get(name("w:id")):
                remove(end)
                break
        remove(each)


def _is_on_row(row: Element, switch: str) -> bool:
    """True where a row's own properties hold the switch: a row that was deleted with its changes tracked, say."""
    return any(is_on(properties, switch) for properties in find_all(row, "w:trPr"))


def _tags_of(root: Element, part: str) -> Tags:
    tags = Tags()
    tables = {table: number for number, table in enumerate(root.iter(name("w:tbl")), 1)}
    for number, paragraph in enumerate(root.iter(name("w:p")), 1):
        texts = list(own(paragraph, "w:t"))
        words = "".join(text.text or "" for text in texts)
        attributes = list(_attributes_with_tags(paragraph))
        single = [(found[0], found[1]) for found in _SINGLE.finditer(TAG.sub("", words))]
        if not re.search(r"\{[{%#]|[}%#]\}", words) and not attributes and not single:
            continue
        where = Where(part, number, words, *_row_of(paragraph, tables), paragraph)
        tags.single.extend((where, *each) for each in single)
        matches = list(TAG.finditer(words))
        left = re.search(r"\{[{%]|[}%]\}", TAG.sub("", words))
        if left is not None:
            tags.loose.append((where, left[0]))
        whole = [_tag(match[0], where) for match in matches]
        tags.found.extend(whole)
        tags.found.extend(
            _tag(match[0], where, in_attribute=True) for told in attributes for match in TAG.finditer(told)
        )
        if matches:
            _make_whole(
                texts, [(*match.span(), _canonical(tag)) for match, tag in zip(matches, whole, strict=True)]
            )
            paragraph.set(TAGGED, "1")
    return tags


def _attributes_with_tags(paragraph: Element) -> Iterator[str]:
    for element in own(paragraph, "wp:docPr"):
        yield from (str(told) for told in element.attrib.values() if TAG.search(str(told)))


def _tag(written: str, where: Where, *, in_attribute: bool = False) -> Tag:
    sign, inside = written[:2], written[2:-2].translate(_QUOTES)
    scoped = _SCOPED.fullmatch(inside) if sign != "{#" else None
    if scoped is not None:
        return Tag(written, sign, scoped[1], scoped[2].strip(), where, in_attribute)
    return Tag(written, sign, "", inside.strip(), where, in_attribute)


def _canonical(tag: Tag) -> str:
    """The tag as it is filled; a remark of the template's author goes."""
    if tag.sign == "{#":
        return ""
    scope = tag.scope if tag.sign == "{%" and tag.scope != "r" else ""
    return f"{tag.sign}{scope} {tag.inside} {'}}' if tag.sign == '{{' else '%}'}"


def _make_whole(texts: list[Element], tags: list[tuple[int, int, str]]) -> None:
    """Puts each tag (from, to, as it is to be) into the text element where it begins."""
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text.text or "")
    last = len(texts) - 1
    for begin, end, written in reversed(tags):
        while starts[last] > end - 1:
            last -= 1
        first = last
        while starts[first] > begin:
            first -= 1
        rest = (texts[last].text or "")[end - starts[last] :]
        if first == last:
            texts[first].text = (texts[first].text or "")[: begin - starts[first]] + written + rest
        else:
            texts[first].text = (texts[first].text or "")[: begin - starts[first]] + written
            for between in texts[first + 1 : last]:
                between.text = ""
            texts[last].text = rest
        texts[first].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        texts[last].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        last = first


def _row_of(paragraph: Element, tables: dict[Element, int]) -> tuple[int | None, int | None]:
    row = ancestor(paragraph, "w:tr")
    table = None if row is None else ancestor(row, "w:tbl")
    if row is None or table is None:
        return None, None
    return tables[table], find_all(table, "w:tr").index(row) + 1
