"""Where a tag may stand: what filling it takes away with it, and what must hold a tag and the one that closes it."""

from svreport.word.markup import Element, ancestor, find, name
from svreport.word.tags import Tag

_NAMES = {"tr": "row", "tc": "cell", "p": "paragraph"}


def misplaced(tag: Tag, beside: list[Tag]) -> str:
    """What is wrong with where a tag stands, or an empty text; `beside` are the tags of its paragraph, itself too."""
    if "-" in (tag.written[2], tag.written[-3]):
        return (
            "is written with a hyphen inside its sign, which would join paragraphs: write {% … %} without it"
        )
    if tag.in_attribute and tag.sign == "{%":
        return "stands in a picture's description, where only {{ }} can stand"
    if tag.scope in ("tr", "tc"):
        if tag.sign == "{{":
            return f"is written for a {_NAMES[tag.scope]}: write {{{{p {tag.inside} }}}} in a paragraph of its own"
        return _misplaced_in_table(tag, beside)
    if tag.scope == "p" and tag.sign == "{%" and _words_beside(tag, beside):
        return "stands in a paragraph with other words, which would be lost: put it in a paragraph of its own"
    return ""


def _misplaced_in_table(tag: Tag, beside: list[Tag]) -> str:
    holder = ancestor(tag.where.element, f"w:{tag.scope}")
    if holder is None:
        return f"stands in no table: a {{%{tag.scope} … %}} needs a {_NAMES[tag.scope]} of its own"
    if find(holder, ".//w:tbl") is not None:
        return f"stands in a {_NAMES[tag.scope]} that holds a table, which would be lost"
    if _words_of(holder) != _squeezed(tag.written):
        return (
            f"stands in a {_NAMES[tag.scope]} with other words or tags, which would be lost: "
            f"put it in a {_NAMES[tag.scope]} of its own"
        )
    return ""


def _words_beside(tag: Tag, beside: list[Tag]) -> bool:
    return _squeezed(tag.where.words) != _squeezed(tag.written) or len(beside) > 1


def _words_of(holder: Element) -> str:
    return _squeezed("".join(text.text or "" for text in holder.iter(name("w:t"))))


def _squeezed(words: str) -> str:
    return "".join(words.split())


def unmatched_place(opened: Tag, closing: Tag) -> str:
    """What is wrong with where a tag is closed, or an empty text."""
    scopes = [each.scope if each.scope != "r" else "" for each in (opened, closing)]
    if scopes[0] != scopes[1]:
        return f"closes {opened.written}: both must be written with the same letters behind {{%"
    what, inside = {"tr": ("w:tr", "table"), "tc": ("w:tc", "row"), "p": ("w:p", "cell or page")}.get(
        scopes[0], ("", "paragraph")
    )
    if not what:
        if opened.where.element is not closing.where.element:
            return (
                f"closes {opened.written} of another paragraph: write both as {{%p … %}} in paragraphs, or {{%tr … %}} "
                "in rows, of their own"
            )
        return ""
    holders = [
        each.where.element if what == "w:p" else ancestor(each.where.element, what)
        for each in (opened, closing)
    ]
    parents = [None if each is None else each.getparent() for each in holders]
    if None in holders or parents[0] is not parents[1]:
        return f"closes {opened.written}, which stands in another {inside}"
    return ""
