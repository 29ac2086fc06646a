"""Finished documents joined into one: each keeps its pages, headers, footers, lists, pictures and links."""

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from svreport.word.archive import KIND, WORD_TYPE, Archive
from svreport.word.fields import OURS
from svreport.word.marks import unique
from svreport.word.markup import NAMESPACES, Element, find, find_all, local, make, name, put, remove
from svreport.word.opening import read_word
from svreport.word.packaging import Properties, finish
from svreport.word.paragraphs import properties_of, tiny_paragraph
from svreport.word.restyling import Restyling

_MARGINS = ("header", "footer")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_IN_RELATIONSHIPS = f"{{{NAMESPACES['r']}}}"


def join(parts: Sequence[bytes], properties: Properties) -> bytes:
    """One document of several finished ones, in their order, each on new pages with its own headers and footers.

    Styles are those of the first; what another one names and the first lacks is added.
    """
    whole = read_word(parts[0], "the first document")
    _own_margins(whole)
    for number, data in enumerate(parts[1:], 2):
        _append(whole, read_word(data, f"document {number}"))
    _tell_marks_apart(whole)
    return finish(whole, properties)


def _tell_marks_apart(whole: Archive) -> None:
    """A bookmark of ours that another part has too gets a name of its own: Word keeps one of each name."""
    taken: Counter[str] = Counter()
    for each in whole.body.iter(name("w:bookmarkStart")):
        told = each.get(name("w:name"), "")
        if told.startswith(OURS) and taken[told]:
            each.set(name("w:name"), unique(told, taken) or f"{told}_{taken[told]}")
        taken[told] += 1


def _append(whole: Archive, other: Archive) -> None:
    body = whole.body
    _end_section(body)
    taken = _Taken(whole, other)
    incoming = other.body
    taken.adapt(incoming, whole.main, other.main)
    for section in incoming.iter(name("w:sectPr")):
        kind = find(section, "w:type")
        if kind is not None:
            remove(kind)  # on a new page, as Word starts a section unless told otherwise
        break
    for element in incoming:
        body.append(
            deepcopy(element)
        )  # a copy brings its namespaces: moved, every element would look for them
    _own_margins(whole)


def _end_section(body: Element) -> None:
    """The last section's properties go to its last paragraph, as in every section but a document's last."""
    section = find(body, "w:sectPr")
    if section is None:
        section = make("w:sectPr")
    else:
        body.remove(section)
    last = body[-1] if len(body) else None
    if last is None or local(last) != "p" or find(last, "w:pPr/w:sectPr") is not None:
        last = tiny_paragraph()
        body.append(last)
    properties = properties_of(last)
    properties.replace(put(properties, "w:sectPr"), section)


def _own_margins(whole: Archive) -> None:
    """Every section names its own header and footer: one that names none would show those of the section before."""
    for section in whole.body.iter(name("w:sectPr")):
        for what in _MARGINS:
            named = {each.get(name("w:type"), "default") for each in find_all(section, f"w:{what}Reference")}
            wanted = ["default", "first"] if find(section, "w:titlePg") is not None else ["default"]
            for kind in wanted:
                if kind not in named:
                    number = _empty(whole, what)
                    section.insert(0, make(f"w:{what}Reference", {"w:type": kind, "r:id": number}))


def _empty(whole: Archive, what: str) -> str:
    """The relationship to a header or footer that holds nothing."""
    tag = "w:hdr" if what == "header" else "w:ftr"
    data = etree.tostring(make(tag, {}, make("w:p")))
    part = f"word/{what}-empty.xml"
    if part not in whole.parts:
        whole.put(part, f"{WORD_TYPE}{what}+xml", data)
    return whole.relate(whole.main, KIND + what, part)


class _Taken:
    """What is taken over from one document into another: parts, lists, notes and styles under their new names."""

    def __init__(self, whole: Archive, other: Archive) -> None:
        self._whole = whole
        self._other = other
        self._parts: dict[str, str] = {}
        self._notes: dict[tuple[str, str], str] = {}
        self._restyling = Restyling(whole, other)

    def adapt(self, root: Element, into: str, out_of: str) -> None:
        """Gives everything that an element names by a number or id the one that it has in the whole."""
        numbers: dict[str, str] = {}
        for element in root.iter():
            for attribute, told in element.attrib.items():
                if str(attribute).startswith(_IN_RELATIONSHIPS):
                    key = str(told)
                    if key not in numbers:
                        numbers[key] = self._relationship(key, into, out_of)
                    element.set(attribute, numbers[key])
            if local(element) in _NOTES:
                self._take_note(element, _NOTES[local(element)])
        self._restyling.adapt(root)

    def _relationship(self, number: str, into: str, out_of: str) -> str:
        told = self._other.relationship(out_of, number)
        if told is None:
            return number
        if told.external:
            return self._whole.relate(into, told.kind, told.target, external=True)
        return self._whole.relate(into, told.kind, self._part(told.target))

    def _part(self, part: str) -> str:
        """The part's name in the whole, taken over once with all that it leads to."""
        if part in self._parts:
            return self._parts[part]
        stem, _, ending = part.rpartition(".")
        kind, data = self._other.types[part], self._other.parts[part]
        same = self._whole.same_part(kind, data) if kind.startswith("image/") else None
        taken = same or self._whole.add(stem.rstrip("0123456789"), ending, kind, data)
        self._parts[part] = taken
        if kind.endswith("+xml"):
            self.adapt(self._whole.tree(taken), taken, part)
        return taken

    def _take_note(self, reference: Element, what: str) -> None:
        """A foot- or endnote under the next free number of the whole."""
        number = reference.get(name("w:id"), "")
        key = (what, number)
        if key not in self._notes:
            source, target = self._other.part_of(what), self._whole.part_of(what)
            if source is None:
                return
            if target is None:
                target = f"word/{what}.xml"
                self._whole.put(target, self._other.types[source], self._other.parts[source])
                self._whole.relate(self._whole.main, KIND + what, target)
                for note in list(self._whole.tree(target)):
                    if note.get(name("w:type")) is None:
                        remove(note)
            notes = self._whole.tree(target)
            taken = max((int(each.get(name("w:id"), "0")) for each in notes), default=0) + 1
            for note in self._other.tree(source):
                if note.get(name("w:id")) == number:
                    note = deepcopy(note)
                    note.set(name("w:id"), str(taken))
                    notes.append(note)
                    self.adapt(note, target, source)
            self._notes[key] = str(taken)
        reference.set(name("w:id"), self._notes[key])
