"""Switches of table rows that LibreOffice writes in words, written as Word does and its own schema asks."""

from svreport.word.archive import Archive
from svreport.word.markup import name

_SWITCHES = ("w:cantSplit", "w:tblHeader")
_ON, _OFF = ("true", "on", "1"), ("false", "off", "0")


def plain_switches(archive: Archive) -> None:
    """`<w:tblHeader w:val="true"/>` becomes `<w:tblHeader/>`, and one that is off goes."""
    for _, part in archive.stories():
        for switch in list(archive.tree(part).iter(*(name(each) for each in _SWITCHES))):
            told = switch.get(name("w:val"))
            parent = switch.getparent()
            if told in _ON:
                del switch.attrib[name("w:val")]
            elif told in _OFF and parent is not None:
                parent.remove(switch)
