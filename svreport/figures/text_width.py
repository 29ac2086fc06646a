"""How wide a text is in Liberation Sans, the one face that charts are drawn in, and where it breaks into lines.

Widths are in thousandths of the font's size; the face has the metrics of Arial. The renderer tells them only
after a chart is drawn, and room for its labels has to be made before.
"""

import re
import unicodedata

_REGULAR = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft\u00a0",
    333: "()-`r“”",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£–",
    584: "+<=>~−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl‘’\u00a0",
    280: "|",
    333: "!()-:;[]`ft",
    350: "•",
    389: "*r{}",
    474: '"',
    500: "z“”",
    556: "#$0123456789J_aceksvxy£–",
    584: "+<=>^~−",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
_UNKNOWN = 1000
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTHS = {
    bold: {character: each for each, characters in table.items() for character in characters}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points from the start of a text to its end; a character that the table lacks counts as a full em."""
    table = _WIDTHS[bold]
    return sum(table.get(each) or _width_of_base(each, table) for each in text) * size / 1000


def _width_of_base(character: str, table: dict[str, int]) -> int:
    """An accented letter is as wide as its base, and a combining mark adds nothing."""
    if unicodedata.combining(character):
        return 0
    return table.get(unicodedata.normalize("NFD", character)[0], _UNKNOWN)


def wrapped(text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
    """The lines of a text that is nowhere wider than `most` points; a word that is wider by itself is cut.

    A character that no XML can hold, on which the renderer would stop, becomes the replacement character.
    """
    lines: list[str] = []
    line = ""
    for word in _NOT_IN_XML.sub("\ufffd", text).split():
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= most:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size, bold=bold) > most and len(word) > 1:
            head = _fitting(word, size, most, bold=bold)
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line] if line else lines


def cut(lines: list[str], most: int) -> list[str]:
    """No more than that many lines; the last one says by three dots that there was more."""
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]


def _fitting(word: str, size: float, most: float, *, bold: bool) -> str:
    used = 0.0
    for count, character in enumerate(word):
        used += width(character, size, bold=bold)
        if used > most:
            return word[: max(1, count)]
    return word
