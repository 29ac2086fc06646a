"""Content codes as people type them: `7F3A-19C2` stands for all that the readers of a pack's documents see."""

import re

LENGTH = 8
# Every dash that Word or Excel may make of a hyphen.
_BETWEEN = re.compile(r"[\s\-‐‑–—−]")
_SEVERAL = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)


def read_code(typed: str) -> str:
    """A code in the form in which svreport prints it: any case, with or without spaces; other words as they are."""
    bare = _BETWEEN.sub("", typed).upper()
    return f"{bare[:4]}-{bare[4:]}" if re.fullmatch(rf"[0-9A-F]{{{LENGTH}}}", bare) else typed.strip()


def read_codes(typed: str) -> tuple[str, ...]:
    """The codes of one cell, which may name several: those of the return and of a paper, `7F3A-19C2, 6598-1D96`."""
    found: list[str] = []
    for part in _SEVERAL.split(typed):
        bare = _BETWEEN.sub("", part)
        if re.fullmatch(rf"(?:[0-9A-Fa-f]{{{LENGTH}}})+", bare):  # with nothing but a space between them
            found += [read_code(bare[start : start + LENGTH]) for start in range(0, len(bare), LENGTH)]
        elif part.strip():
            found.append(part.strip())
    return tuple(dict.fromkeys(found))


def is_code(text: str) -> bool:
    """Whether a text is a content code as svreport prints it: any other never becomes the name of a file."""
    return re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", text) is not None
