"""Text as the parts of a workbook hold it: characters that XML cannot hold are written by their number."""

import re

_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """The text with one kind of line end, what XML cannot hold as `_x0001_`, and what only looks like such a number
    so that it stays what it is; half a character becomes `\ufffd`.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = _UNHELD.sub(lambda found: f"_x{ord(found[0]):04X}_", whole)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
