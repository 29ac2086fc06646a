"""The XML of a workbook's parts, as elements that can be changed: read safely, and written the same way each time."""

from collections.abc import Iterator, Sequence

from lxml import etree

from svreport.errors import WorkbookUnreadable
from svreport.workbook.opening import Package

Element = etree._Element  # what lxml calls every element


# What may follow what in a sheet (ECMA-376, 18.3.1.99).
SHEET_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks "
    "customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture "
    "oleObjects controls webPublishItems tableParts extLst"
).split()
# Elements take many times the room of the text that they are written in.
MOST_BYTES = 50_000_000


def parsed(package: Package, part: str) -> Element:
    """A part's root element; raises WorkbookUnreadable for a part that is not there, damaged, larger than can be taken
    apart, or declares entities.
    """
    data = bytearray()
    for chunk in package.chunks(part):
        data += chunk
        if len(data) > MOST_BYTES:
            raise WorkbookUnreadable(
                f"{package.name} is too large to be changed: its part {part} holds more than any return can. In Excel, "
                "delete the rows below the last filled one on each sheet, and save it."
            )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(bytes(data), parser)
    except etree.XMLSyntaxError:
        raise package.damaged(part) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise package.damaged(part)
    return root


def to_bytes(root: Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def space(element: Element) -> str:
    """The element's namespace as lxml writes it before a name: workbooks come in two (transitional and strict)."""
    namespace = etree.QName(element).namespace
    return f"{{{namespace}}}" if namespace else ""


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def child(parent: Element, name: str) -> Element | None:
    return parent.find(space(parent) + name)


def children(parent: Element, name: str) -> Iterator[Element]:
    return parent.iterchildren(space(parent) + name)


def attribute(element: Element, name: str) -> str:
    """An attribute by its name, whatever its namespace; empty if it is not there."""
    return next((str(value) for key, value in element.items() if etree.QName(key).localname == name), "")


def new(parent: Element, name: str, text: str | None = None, /, **attributes: str) -> Element:
    """An element of the parent's namespace, not yet placed in it."""
    made = parent.makeelement(space(parent) + name, attributes)
    made.text = text
    return made


def root_like(other: Element, name: str) -> Element:
    """The root of a new part, in the namespace of another part's."""
    namespaces = {other.prefix: etree.QName(other).namespace}
    return etree.Element(space(other) + name, nsmap=namespaces if space(other) else None)


def place_in_order(parent: Element, made: Element, order: Sequence[str]) -> Element:
    """Puts a child where the schema's order wants it: behind the last of those that stand before it."""
    rank = order.index(local(made))
    before = set(order[: rank + 1])
    at = max((number for number, each in enumerate(parent, 1) if local(each) in before), default=0)
    parent.insert(at, made)
    return made


def child_in_order(parent: Element, name: str, order: Sequence[str]) -> Element:
    """The child of that name, made and placed where there is none."""
    found = child(parent, name)
    return place_in_order(parent, new(parent, name), order) if found is None else found
