"""What every finished Word file gets: its properties and language, and nothing of the machine or the moment."""

import datetime
from dataclasses import dataclass

from lxml import etree

from svreport.word.archive import CORE, KIND, WORD_TYPE, Archive
from svreport.word.markup import Element, add, drop_attribute, find, make, name, put, remove

_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

# What Word keeps in the settings about a machine, a moment or the template's own making.
_NOT_KEPT = ("rsids", "updateFields", "attachedTemplate", "proofState", "trackRevisions", "revisionView")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself; `date` is the return's own (its submission), None while that is open."""

    title: str
    authority: str
    language: str = "en-GB"
    date: datetime.date | None = None


def finish(archive: Archive, properties: Properties) -> bytes:
    """The file's bytes: the same for the same parts and properties, wherever and whenever they are made."""
    _describe(archive, properties)
    _set_language(archive, properties.language)
    _clear_settings(archive, properties.language)
    _number_anew(archive)
    return archive.to_bytes()


def _describe(archive: Archive, properties: Properties) -> None:
    """Core properties of the return's own; those of the template, its thumbnail and its counts go."""
    for number, each in archive.relationships("").items():
        if each.kind != KIND + "officeDocument":
            archive.unrelate("", number)
    root = etree.Element(
        f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    )
    etree.SubElement(root, f"{{{_DC}}}title").text = properties.title
    etree.SubElement(root, f"{{{_DC}}}creator").text = properties.authority
    etree.SubElement(root, f"{{{_CP}}}lastModifiedBy").text = properties.authority
    etree.SubElement(root, f"{{{_DC}}}language").text = properties.language
    if properties.date is not None:
        for tag in ("created", "modified"):
            moment = etree.SubElement(root, f"{{{_TERMS}}}{tag}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
            moment.text = f"{properties.date.isoformat()}T00:00:00Z"
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    archive.put("docProps/core.xml", _CORE_TYPE, data)
    archive.relate("", CORE, "docProps/core.xml")


def _set_language(archive: Archive, language: str) -> None:
    """The language in the defaults, and no other one in styles or, where Word wrote its own, in runs."""
    for number, told in archive.relationships(archive.main).items():
        if told.kind.endswith("/stylesWithEffects"):
            archive.unrelate(archive.main, number)  # a second set of styles, which only Word 2010 read
    styles = archive.part_of("styles")
    if styles is None:
        styles = "word/styles.xml"
        archive.put(styles, WORD_TYPE + "styles+xml", etree.tostring(make("w:styles")))
        archive.relate(archive.main, KIND + "styles", styles)
    root = archive.tree(styles)
    for each in root.iter(name("w:lang")):
        each.set(name("w:val"), language)
    put(_default_run(root), "w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": "ar-SA"})
    for _, story in archive.stories():
        for each in list(archive.tree(story).iter(name("w:lang"))):
            if each.get(name("w:val"), "en-US") == "en-US":
                remove(each)


def _default_run(styles: Element) -> Element:
    """The `w:rPr` that every run starts from, made where the template has none."""
    defaults = find(styles, "w:docDefaults")
    if defaults is None:
        defaults = make("w:docDefaults")
        styles.insert(0, defaults)
    holder = find(defaults, "w:rPrDefault")
    if holder is None:
        holder = make("w:rPrDefault")
        defaults.insert(0, holder)
    run = find(holder, "w:rPr")
    return add(holder, "w:rPr") if run is None else run


def _clear_settings(archive: Archive, language: str) -> None:
    part = archive.part_of("settings")
    if part is None:
        return
    root = archive.tree(part)
    for tag in _NOT_KEPT:
        for each in root.findall(name(f"w:{tag}")):
            remove(each)
    theme = find(root, "w:themeFontLang")
    if theme is not None:
        theme.set(name("w:val"), language)
    for number, told in archive.relationships(part).items():
        if told.external:
            archive.unrelate(part, number)


def _number_anew(archive: Archive) -> None:
    """Ids that Word wants to be unique: drawings and bookmarks counted anew, those of paragraphs left out."""
    drawings = bookmarks = 0
    paragraph_ids = (name("w14:paraId"), name("w14:textId"))
    for _, story in archive.stories():
        numbers: dict[str, str] = {}
        for element in archive.tree(story).iter(
            *(name(each) for each in ("w:p", "w:tr", "wp:docPr", "w:bookmarkStart", "w:bookmarkEnd"))
        ):
            if element.tag == name("wp:docPr"):
                drawings += 1
                element.set("id", str(drawings))
            elif element.tag == name("w:bookmarkStart"):
                numbers[element.get(name("w:id"), "")] = str(bookmarks)
                element.set(name("w:id"), str(bookmarks))
                bookmarks += 1
            elif element.tag == name("w:bookmarkEnd"):
                element.set(name("w:id"), numbers.get(element.get(name("w:id"), ""), "0"))
            else:
                for each in paragraph_ids:
                    drop_attribute(element, each)
