"""Styles, lists and bookmarks of one document under the names that they get in another."""

from copy import deepcopy

from svreport.word.archive import Archive
from svreport.word.markup import Element, drop_attribute, find, find_all, make, name, value
from svreport.word.numbering import Numbering
from svreport.word.styles import Styles

_KINDS = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_BETWEEN_STYLES = ("w:basedOn", "w:next", "w:link")
_BETWEEN_LISTS = ("w:numStyleLink", "w:styleLink")


class Restyling:
    """How what one document (`other`) names is named in the `whole`; what the whole lacks is added to it."""

    def __init__(self, whole: Archive, other: Archive) -> None:
        self._whole = whole
        self._styles = Styles(whole)
        self._incoming = Styles(other)
        self._numbering = Numbering(whole)
        self._lists: Element = (
            make("w:numbering") if (part := other.part_of("numbering")) is None else other.tree(part)
        )
        self._counts = {each.get(name("w:numId")): each for each in find_all(self._lists, "w:num")}
        self._definitions = {
            each.get(name("w:abstractNumId")): each for each in find_all(self._lists, "w:abstractNum")
        }
        self._known_styles: dict[str, str] = {}
        self._known_counts: dict[str, str] = {}
        self._known_definitions: dict[str, str] = {}
        self._bookmarks = {
            each.get(name("w:name"), "")
            for _, story in whole.stories()
            for each in whole.tree(story).iter(name("w:bookmarkStart"))
        }
        self._renamed: dict[str, str] = {}

    def adapt(self, root: Element) -> None:
        """Gives every style, list and bookmark under an element the name that it has in the whole."""
        for tag in _KINDS:
            for each in root.iter(name(f"w:{tag}")):
                each.set(name("w:val"), self._style(each.get(name("w:val"), "")))
        for each in root.iter(name("w:numId")):
            each.set(name("w:val"), self._count(each.get(name("w:val"), "0")))
        for each in root.iter(name("w:bookmarkStart")):
            each.set(name("w:name"), self._bookmark(each.get(name("w:name"), "")))
        for each in root.iter(name("w:hyperlink")):
            anchor = each.get(name("w:anchor"))
            if anchor is not None:
                each.set(name("w:anchor"), self._renamed.get(anchor, anchor))

    def _style(self, number: str) -> str:
        """The id in the whole of the style that has this one's name, added where there is none."""
        if number in self._known_styles:
            return self._known_styles[number]
        style = self._incoming.style(number)
        if style is None:
            return number
        kind = style.get(name("w:type"), "paragraph")
        found = self._styles.find((self._incoming.name_of(number),), kind)
        if found is not None:
            self._known_styles[number] = found
            return found
        taken = number
        while self._styles.style(taken) is not None:
            taken += "x"
        self._known_styles[number] = taken
        added = deepcopy(style)
        added.set(name("w:styleId"), taken)
        drop_attribute(added, name("w:default"))
        self._styles.add(added)
        for path in _BETWEEN_STYLES:
            other = find(added, path)
            if other is not None:
                other.set(name("w:val"), self._style(other.get(name("w:val"), "")))
        counted = find(added, "w:pPr/w:numPr/w:numId")
        if counted is not None:
            counted.set(name("w:val"), self._count(counted.get(name("w:val"), "0")))
        return taken

    def _count(self, number: str) -> str:
        """The number in the whole of a list's count; 0, which means no list, stays."""
        count = self._counts.get(number)
        if number == "0" or count is None:
            return "0"
        if number not in self._known_counts:
            definition = self._definition(value(count, "w:abstractNumId") or "")
            if definition is None:
                return "0"
            self._known_counts[number] = self._numbering.take_count(count, definition)
        return self._known_counts[number]

    def _definition(self, number: str) -> str | None:
        if number not in self._known_definitions:
            definition = self._definitions.get(number)
            if definition is None:
                return None
            taken = deepcopy(definition)
            self._known_definitions[number] = self._numbering.take_definition(taken)
            for path in (*_BETWEEN_LISTS, "w:lvl/w:pStyle"):
                for each in find_all(taken, path):
                    each.set(name("w:val"), self._style(each.get(name("w:val"), "")))
        return self._known_definitions[number]

    def _bookmark(self, told: str) -> str:
        new, count = told, 1
        while new in self._bookmarks:
            count += 1
            new = f"{told}_{count}"
        self._bookmarks.add(new)
        self._renamed[told] = new
        return new
