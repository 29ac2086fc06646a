"""The parts of a workbook's file and what leads from one to another, changed part by part."""

import io
import itertools
import re
import zipfile

from svreport.workbook import markup
from svreport.workbook.markup import Element
from svreport.workbook.opening import Package
from svreport.workbook.workbook_xml import resolved

CONTENT_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Parts:
    """A package whose parts can be replaced; `workbook` is the name of its main part."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._put: dict[str, Element] = {}
        self._added: list[str] = []
        self._dropped: set[str] = set()
        self._read: dict[str, Element] = {}
        main = [part for kind, part in self.targets("").values() if kind == "officeDocument"]
        self.workbook = next((part for part in main if package.holds(part)), "xl/workbook.xml")

    @property
    def changed(self) -> bool:
        return bool(self._put or self._dropped)

    def names(self) -> list[str]:
        return [entry.filename for entry in self._package.entries()] + self._added

    def xml(self, part: str) -> Element:
        """A part's root element, the same one each time; raises WorkbookUnreadable where it cannot be read."""
        key = part.casefold()
        if key not in self._read:
            self._read[key] = markup.parsed(self._package, part)
        return self._read[key]

    def holds(self, part: str) -> bool:
        return self._package.holds(part) and part.casefold() not in self._dropped

    def finds(self, part: str, pattern: re.Pattern[bytes]) -> bool:
        """Whether a part, as it was, holds what matches, up to 400 bytes long; told without taking it apart."""
        before = b""
        for chunk in self._package.chunks(part):
            if pattern.search(before + chunk):
                return True
            before = chunk[-400:]
        return False

    def put(self, part: str, root: Element) -> None:
        """Notes that a part is to be written with this content."""
        self._put[part.casefold()] = root

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and part that each relationship of a part leads to, by its id; those that lead outside are left out."""
        links = _links_of(part)
        if not self._package.holds(links):
            return {}
        found = {}
        for each in self.xml(links):
            if each.get("TargetMode", "").casefold() != "external":
                kind = each.get("Type", "").rpartition("/")[2]
                found[each.get("Id", "")] = (
                    kind,
                    resolved(part.rpartition("/")[0], each.get("Target", "")),
                )
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of that kind which a part leads to."""
        return [target for held, target in self.targets(part).values() if held == kind and self.holds(target)]

    def add_sheet(self, root: Element) -> str:
        """Adds a worksheet's part under a name that is free; gives the name."""
        folder = self.workbook.rpartition("/")[0]
        taken = {name.casefold() for name in self.names()}
        number = 1
        while (part := f"{folder}/worksheets/sheet{number}.xml".lstrip("/")).casefold() in taken:
            number += 1
        self._add(part, root, _SHEET_TYPE)
        return part

    def add_styles(self, root: Element) -> str:
        """Adds a part of styles to a workbook that has none; gives its name."""
        taken = {name.casefold() for name in self.names()}
        folder = self.workbook.rpartition("/")[0]
        names = (f"{folder}/styles{number or ''}.xml".lstrip("/") for number in itertools.count())
        part = next(name for name in names if name.casefold() not in taken)
        self._add(part, root, _STYLES_TYPE)
        return part

    def _add(self, part: str, root: Element, kind: str) -> None:
        self._added.append(part)
        self.put(part, root)
        types = self.xml(CONTENT_TYPES)
        types.append(markup.new(types, "Override", PartName=f"/{part}", ContentType=kind))
        self.put(CONTENT_TYPES, types)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Leads from a part to another; gives the relationship's id."""
        name = _links_of(part)
        links = self.xml(name)
        used = {each.get("Id") for each in links}
        number = len(links) + 1
        while f"rId{number}" in used:
            number += 1
        begins = next((each.get("Type", "").rpartition("/")[0] for each in links), _LINKS)
        made = markup.new(
            links, "Relationship", Id=f"rId{number}", Type=f"{begins}/{kind}", Target=f"/{target}"
        )
        links.append(made)
        self.put(name, links)
        return f"rId{number}"

    def drop(self, part: str, kind: str) -> None:
        """Takes away the parts of that kind which a part leads to, with everything that names them."""
        targets = {target.casefold() for held, target in self.targets(part).values() if held == kind}
        if not targets:
            return
        links, types = self.xml(_links_of(part)), self.xml(CONTENT_TYPES)
        for each in list(links):
            if each.get("Type", "").rpartition("/")[2] == kind:
                links.remove(each)
        for each in list(types):
            if each.get("PartName", "").lstrip("/").casefold() in targets:
                types.remove(each)
        self._dropped |= targets
        self.put(_links_of(part), links)
        self.put(CONTENT_TYPES, types)

    def packed(self) -> bytes:
        """The file: its parts in the order they had, added ones behind; changed ones bear no time."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
            for entry in self._package.entries():
                key = entry.filename.casefold()
                if key in self._dropped:
                    continue
                root = self._put.get(key)
                if root is None:
                    kept = _entry(entry.filename, entry.date_time)
                    kept.external_attr, kept.create_system = entry.external_attr, entry.create_system
                    if entry.compress_type == zipfile.ZIP_STORED:
                        kept.compress_type = zipfile.ZIP_STORED
                    file.writestr(kept, self._package.read(entry.filename))
                else:
                    file.writestr(_entry(entry.filename, _FIXED_TIME), markup.to_bytes(root))
            for part in self._added:
                file.writestr(_entry(part, _FIXED_TIME), markup.to_bytes(self._put[part.casefold()]))
        return made.getvalue()


def link_attribute(workbook: Element) -> str:
    """The name of the attribute by which the workbook's part leads to a sheet, in the namespace it uses."""
    for each in workbook.iter():
        for name in each.attrib:
            found = re.fullmatch(r"\{[^}]*/relationships\}id", str(name))
            if found and markup.local(each) == "sheet":
                return found[0]
    return f"{{{_LINKS}}}id"


def _links_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _entry(name: str, time: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, time)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 0
    return info
