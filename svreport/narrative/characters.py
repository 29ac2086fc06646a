"""Which characters text may hold when it reaches a document, and how its lines end."""

import re

# Word stores text as XML 1.0, which has no place for these (section 2.2); U+FFFE and U+FFFF mark figures meanwhile.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel writes a carriage return as _x000D_; a vertical tab or form feed is a line or page break copied from Word.
_LINE_END = re.compile("(?:_x000[Dd]_\r?|\r)\n?|[\x0b\x0c]")

REPLACEMENT = "�"


def cleaned(text: str) -> tuple[str, str]:
    """The text with `\\n` at its line ends and � for each character that no document can hold; and those characters,
    each once, in the order in which they stand.
    """
    lines = _LINE_END.sub("\n", text)
    forbidden = "".join(dict.fromkeys(_FORBIDDEN.findall(lines)))
    return (_FORBIDDEN.sub(REPLACEMENT, lines), forbidden) if forbidden else (lines, "")
