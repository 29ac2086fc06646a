"""A Word file taken apart into its parts, and put together so that equal parts give equal bytes."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from svreport.narrative.blocks import Picture
from svreport.word.markup import NAMESPACES, Element

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."

# What a part is called by its ending; every other part is named one by one.
_BY_ENDING = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "xml": "application/xml",
}
_DECLARED = {NAMESPACES[prefix] for prefix in ("w", "r", "wp", "a", "pic")}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can tell


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one part says about another: `target` is a part's name, or an address when `external`."""

    kind: str
    target: str
    external: bool = False


def parse(data: bytes) -> Element:
    """The root of a part's XML: no entities, no network.

    Raises `etree.XMLSyntaxError`, and for a document type, which no part of a Word file has, `ValueError`.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise ValueError("a document type inside")
    return root


class Archive:
    """The parts of a Word file by name (`word/document.xml`), what each is, and how they hang together.

    A part that was asked for as a `tree` is written from that tree. Relationships of the whole file stand under "".
    `late` holds the pictures that may still be drawn, by their part, in which something else stands for the bytes.
    """

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}
        self.late: dict[str, Picture] = {}
        self.types: dict[str, str] = {}
        self._trees: dict[str, Element] = {}
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._ids: dict[str, dict[Relationship, str]] = {}
        self._counts: Counter[str] = Counter()
        self._same: dict[str, dict[bytes, str]] = {}

    @classmethod
    def of(cls, files: dict[str, bytes]) -> "Archive":
        """The archive of a zip file's files. Raises KeyError, ValueError or `etree.XMLSyntaxError` for what is none."""
        archive = cls()
        by_ending, by_name = _read_types(parse(files["[Content_Types].xml"]))
        for name, data in files.items():
            if name == "[Content_Types].xml" or name.endswith(("/", ".rels")):
                continue
            archive.parts[name] = data
            ending = name.rpartition(".")[2].lower()
            archive.types[name] = by_name.get(name.lower()) or by_ending.get(
                ending, "application/octet-stream"
            )
        for source in ("", *archive.parts):
            folder, _, base = source.rpartition("/")
            listed = files.get(posixpath.join(folder, "_rels", f"{base}.rels"))
            if listed is not None:
                archive._read_relationships(source, parse(listed))
        return archive

    def _read_relationships(self, source: str, root: Element) -> None:
        folder = posixpath.dirname(source)
        for each in root.iter(f"{{{_RELATIONSHIPS}}}Relationship"):
            kind, target, number = (each.get(key, "") for key in ("Type", "Target", "Id"))
            if each.get("TargetMode") == "External":
                self._set(source, number, Relationship(kind, target, external=True))
                continue
            path = unquote(target.partition("#")[0])
            path = posixpath.normpath(
                posixpath.join("/" if path.startswith("/") else f"/{folder}", path)
            ).lstrip("/")
            if path in self.parts:
                self._set(source, number, Relationship(kind, path))

    def _set(self, source: str, number: str, relationship: Relationship) -> None:
        self._relationships.setdefault(source, {})[number] = relationship
        self._ids.setdefault(source, {}).setdefault(relationship, number)

    @property
    def main(self) -> str:
        """The name of the part with the document's body. Raises LookupError where there is none."""
        found = self.related("", KIND + "officeDocument")
        if not found:
            raise LookupError("no document inside")
        return found[0]

    @property
    def body(self) -> Element:
        body = self.tree(self.main).find("{*}body")
        if body is None:
            raise LookupError("no body inside")
        return body

    def tree(self, name: str) -> Element:
        """The root of a part's XML, kept: what is changed in it is written."""
        if name not in self._trees:
            self._trees[name] = parse(self.parts[name])
        return self._trees[name]

    def ready_for_drawings(self, name: str) -> Element:
        """The root of a part that pictures and links are put into.

        Their namespaces are declared there once, and not on every picture.
        """
        root = self.tree(name)
        if not set(root.nsmap.values()) >= _DECLARED:
            declared: dict[str | None, str] = dict(root.nsmap)
            declared.update(NAMESPACES)
            anew = etree.Element(root.tag, nsmap=declared)  # type: ignore[arg-type] # None is the default one
            for attribute, told in root.attrib.items():
                anew.set(attribute, told)
            anew.extend(deepcopy(each) for each in root)
            self._trees[name] = anew
        return self._trees[name]

    def part_of(self, kind: str) -> str | None:
        """The part that the document itself calls its `styles`, `numbering`, `settings` …, or None."""
        found = self.related(self.main, KIND + kind)
        return found[0] if found else None

    def stories(self) -> list[tuple[str, str]]:
        """(kind, part) for the headers, the document, its notes and its footers: all that a person can read."""
        order = ("header", "document", "footnotes", "endnotes", "footer")
        found = [("document", self.main)]
        for kind in ("header", "footnotes", "endnotes", "footer"):
            found += [
                (kind, part) for part in sorted(set(self.related(self.main, KIND + kind)), key=_natural)
            ]
        return sorted(found, key=lambda story: order.index(story[0]))

    def relationships(self, source: str) -> dict[str, Relationship]:
        """The relationships of a part, under their ids."""
        return dict(self._relationships.get(source, {}))

    def relationship(self, source: str, number: str) -> Relationship | None:
        return self._relationships.get(source, {}).get(number)

    def related(self, source: str, kind: str) -> list[str]:
        """The parts or addresses that `source` has under this kind of relationship."""
        return [each.target for each in self._relationships.get(source, {}).values() if each.kind == kind]

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id under which `source` can name the target; the same id for the same target."""
        relationship = Relationship(kind, target, external)
        known = self._ids.setdefault(source, {})
        if relationship not in known:
            listed = self._relationships.setdefault(source, {})
            number = f"rId{self._next(f'rId of {source}', len(listed))}"
            while number in listed:
                number = f"rId{self._next(f'rId of {source}', 0)}"
            self._set(source, number, relationship)
        return known[relationship]

    def unrelate(self, source: str, number: str) -> None:
        """Forgets one relationship; a part that nothing leads to is not written."""
        dropped = self._relationships.get(source, {}).pop(number, None)
        if dropped is not None:
            self._ids[source].pop(dropped, None)

    def add(self, stem: str, ending: str, kind: str, data: bytes) -> str:
        """A new part `word/media/image7.png`, say; gives its name."""
        name = f"{stem}{self._next(stem, 0)}.{ending}"
        while name in self.parts:
            name = f"{stem}{self._next(stem, 0)}.{ending}"
        self.put(name, kind, data)
        return name

    def same_part(self, kind: str, data: bytes) -> str | None:
        """The name of a part of this kind that holds these bytes already, or None."""
        if kind not in self._same:
            self._same[kind] = {each: part for part, each in self.parts.items() if self.types[part] == kind}
        return self._same[kind].get(data)

    def put(self, name: str, kind: str, data: bytes) -> None:
        """A part under this name, in place of one that is there."""
        self.parts[name], self.types[name] = data, kind
        if kind in self._same:
            self._same[kind].setdefault(data, name)
        self._trees.pop(name, None)

    def _next(self, what: str, at_least: int) -> int:
        self._counts[what] = max(self._counts[what], at_least) + 1
        return self._counts[what]

    def copy(self) -> "Archive":
        """The same parts in an archive of their own."""
        made = Archive()
        for name in self.parts:
            made.parts[name], made.types[name] = self._data(name), self.types[name]
        made.late = dict(self.late)
        made._relationships = {source: dict(each) for source, each in self._relationships.items()}
        made._ids = {source: dict(each) for source, each in self._ids.items()}
        made._counts = self._counts.copy()
        return made

    def to_bytes(self, *, unfinished: bool = False) -> bytes:
        """The file: only parts that something leads to, in a fixed order, without a time; waits for late pictures.

        `unfinished` makes it somewhat larger, for what is read again at once, and leaves late pictures out.
        """
        names = [self.main, *sorted(self._reachable() - {self.main}, key=_natural)]
        written = io.BytesIO()
        with zipfile.ZipFile(
            written, "w", zipfile.ZIP_DEFLATED, compresslevel=1 if unfinished else 6
        ) as file:
            _write(file, "[Content_Types].xml", self._content_types(names))
            for source in ("", *names):
                listed = self._relationships.get(source)
                if source:
                    picture = None if unfinished else self.late.get(source)
                    _write(file, source, picture.data if picture else self._data(source))
                if listed:
                    folder, _, base = source.rpartition("/")
                    _write(file, posixpath.join(folder, "_rels", f"{base}.rels"), _listed(source, listed))
        return written.getvalue()

    def _data(self, name: str) -> bytes:
        tree = self._trees.get(name)
        return self.parts[name] if tree is None else _serialised(tree)

    def _reachable(self) -> set[str]:
        found: set[str] = set()
        waiting = [""]
        while waiting:
            for each in self._relationships.get(waiting.pop(), {}).values():
                if not each.external and each.target in self.parts and each.target not in found:
                    found.add(each.target)
                    waiting.append(each.target)
        return found

    def _content_types(self, names: list[str]) -> bytes:
        root = etree.Element("Types", {"xmlns": _CONTENT_TYPES})
        endings = {name.rpartition(".")[2] for name in names} | {"rels", "xml"}
        for ending in sorted(endings & _BY_ENDING.keys()):
            etree.SubElement(root, "Default", {"Extension": ending, "ContentType": _BY_ENDING[ending]})
        for name in names:
            if _BY_ENDING.get(name.rpartition(".")[2]) != self.types[name]:
                etree.SubElement(root, "Override", {"PartName": f"/{name}", "ContentType": self.types[name]})
        return _serialised(root)


def _read_types(root: Element) -> tuple[dict[str, str], dict[str, str]]:
    by_ending = {
        each.get("Extension", "").lower(): each.get("ContentType", "")
        for each in root.iter(f"{{{_CONTENT_TYPES}}}Default")
    }
    by_name = {
        each.get("PartName", "").lstrip("/").lower(): each.get("ContentType", "")
        for each in root.iter(f"{{{_CONTENT_TYPES}}}Override")
    }
    return by_ending, by_name


def _listed(source: str, relationships: dict[str, Relationship]) -> bytes:
    root = etree.Element("Relationships", {"xmlns": _RELATIONSHIPS})
    folder = posixpath.dirname(source)
    for number in sorted(relationships, key=_natural):
        each = relationships[number]
        target = each.target if each.external else posixpath.relpath(each.target, folder or ".")
        made = etree.SubElement(root, "Relationship", {"Id": number, "Type": each.kind, "Target": target})
        if each.external:
            made.set("TargetMode", "External")
    return _serialised(root)


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.create_system = 0  # the same on every system
    info.external_attr = 0
    info.compress_type = (
        zipfile.ZIP_STORED if name.endswith((".png", ".jpeg", ".jpg")) else zipfile.ZIP_DEFLATED
    )
    file.writestr(info, data)


def _natural(name: str) -> tuple[tuple[str, int], ...]:
    """An order in which `image2` comes before `image10`."""
    pieces: Iterator[re.Match[str]] = re.finditer(r"(\D*)(\d*)", name)
    return tuple((piece[1], int(piece[2] or 0)) for piece in pieces)
