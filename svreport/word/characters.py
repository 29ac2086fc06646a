"""Text as Word can hold it."""

import re

# XML 1.0 holds neither these controls, nor halves of surrogate pairs, nor the two non-characters.
_CANNOT_BE_HELD = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c]")
SHOWN_INSTEAD = "\ufffd"


def held(text: str) -> str:
    """The text with every kind of line end as a newline, and what XML cannot hold shown as `�`."""
    return _CANNOT_BE_HELD.sub(SHOWN_INSTEAD, _LINE_ENDS.sub("\n", text))


def escaped(text: str) -> str:
    """The text as it stands in XML, in a template that is filled: no braces, tabs or line ends that have a meaning."""
    return re.sub('[&<>"{}%\n\t]', lambda found: f"&#{ord(found[0])};", held(text))
