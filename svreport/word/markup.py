"""Word's XML: its namespaces, and how an element of it is made and asked."""

from collections.abc import Iterator
from functools import cache

from lxml import etree

Element = etree._Element  # what lxml calls every element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}

# Word's order of what may stand inside these: a property out of order makes a file invalid.
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
}
_RANKS = {parent: {tag: rank for rank, tag in enumerate(tags.split())} for parent, tags in _ORDER.items()}


# So many children are gone through in less time than lxml takes to look among them.
_FEW = 6


@cache
def name(short: str) -> str:
    """`{namespace}p` for `w:p`."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@cache
def _attributes(short: str) -> str:
    return name(short) if ":" in short else short


def make(short: str, attributes: dict[str, str] | None = None, *children: Element) -> Element:
    """The element `w:p`, say; attributes are named in the same way, or plainly where they have no namespace."""
    element = etree.Element(name(short), nsmap={"w": NAMESPACES["w"]})
    for attribute, value in (attributes or {}).items():
        element.set(_attributes(attribute), value)
    element.extend(children)
    return element


def add(parent: Element, short: str, attributes: dict[str, str] | None = None) -> Element:
    """The same, made as the last child of `parent`."""
    element = etree.SubElement(parent, name(short))
    for attribute, value in (attributes or {}).items():
        element.set(_attributes(attribute), value)
    return element


def put(properties: Element, short: str, attributes: dict[str, str] | None = None) -> Element:
    """A property put where Word's order wants it in a `w:pPr` or `w:rPr`, in place of one that is there."""
    made = make(short, attributes)
    ranks = _RANKS[local(properties)]
    rank = ranks[local(made)]
    for at, child in enumerate(properties):
        if child.tag == made.tag:
            properties.replace(child, made)
            return made
        if ranks.get(local(child), len(ranks)) > rank:
            properties.insert(at, made)
            return made
    properties.append(made)
    return made


def local(element: Element) -> str:
    """`p` for `w:p`; empty for a comment or a processing instruction."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(parent: Element | None, path: str, attribute: str = "w:val") -> str | None:
    """The attribute of the first element under `parent` at a path such as `w:pPr/w:pStyle`, or None."""
    found = find(parent, path)
    return None if found is None else found.get(_attributes(attribute))


def find(parent: Element | None, path: str) -> Element | None:
    """The first element at a path such as `w:pPr/w:pStyle`, or None."""
    if parent is None:
        return None
    steps = _steps(path)
    return parent.find(_path(path)) if steps is None else _first(parent, steps)


def _first(parent: Element, steps: tuple[str, ...]) -> Element | None:
    """The same without what the search of lxml can do besides, which takes several times as long."""
    first, rest = steps[0], steps[1:]
    for child in parent if len(parent) <= _FEW else parent.iterchildren(first):
        if child.tag == first:
            found = _first(child, rest) if rest else child
            if found is not None:
                return found
    return None


def find_all(parent: Element, path: str) -> list[Element]:
    """Every element at a path such as `w:tr/w:tc`."""
    return parent.findall(_path(path))


@cache
def _steps(path: str) -> tuple[str, ...] | None:
    """The names along a path of children; None for a path that looks deeper or for any name."""
    steps = path.split("/")
    plain = all(":" in step and not set(step) & set("*.[@") for step in steps)
    return tuple(name(step) for step in steps) if plain else None


@cache
def _path(path: str) -> str:
    return "/".join(name(step) if ":" in step else step for step in path.split("/"))


def is_on(properties: Element | None, path: str) -> bool:
    """True where a switch such as `w:b` is there and not turned off."""
    found = find(properties, path)
    return found is not None and found.get(name("w:val"), "true") not in ("0", "false", "off", "none")


def ancestor(element: Element, *shorts: str) -> Element | None:
    """The nearest element around this one that has one of these names, or None."""
    names = _names(shorts)
    parent = element.getparent()
    if parent is not None and parent.tag in names:
        return parent
    return next(element.iterancestors(*names), None)


@cache
def _names(shorts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name(short) for short in shorts)


def own(paragraph: Element, *shorts: str) -> Iterator[Element]:
    """What stands in a paragraph itself, not in the paragraphs of a text box that is anchored in it."""
    if next(paragraph.iterdescendants(name("w:p")), None) is None:
        yield from paragraph.iter(*_names(shorts))
        return
    for element in paragraph.iter(*_names(shorts)):
        if ancestor(element, "w:p") is paragraph:
            yield element


def drop_attribute(element: Element, attribute: str) -> bool:
    """Takes an attribute away; True where it was there."""
    there = attribute in element.attrib
    if there:
        del element.attrib[attribute]
    return there


def remove(element: Element) -> None:
    """Takes an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Puts an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)
