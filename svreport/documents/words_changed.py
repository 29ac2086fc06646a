"""Two wordings side by side: the words that differ in bold, and long stretches that are the same left out."""

import difflib
import re
from collections.abc import Sequence

from svreport.narrative.blocks import Run

# A text that keeps less than this of its words is told as written anew: no single word of it then is the change.
_LIKE = 0.5
_KEPT_AROUND = 12  # words of a stretch that is the same, before and behind a change
# Comparing word by word takes time as the product of the lengths; longer texts are told whole.
_MOST_WORDS = 3_000
_LEFT_OUT = "… "
_MOST_OF_WHOLE = 35  # words of a text that is told whole


def changed_words(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts as runs; a newline between paragraphs stays one."""
    old, new = _words(before), _words(after)
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        return _whole(before), _whole(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LIKE:
        return _whole(before), _whole(after)
    left: list[Run] = []
    right: list[Run] = []
    codes = matcher.get_opcodes()
    for position, (tag, start, end, new_start, new_end) in enumerate(codes):
        if tag == "equal":
            same = _shortened(old[start:end], is_first=position == 0, is_last=position == len(codes) - 1)
            left.append(Run(same))
            right.append(Run(same))
        else:
            left.append(Run("".join(old[start:end]), bold=True))
            right.append(Run("".join(new[new_start:new_end]), bold=True))
    return _trimmed(left), _trimmed(right)


def _words(text: str) -> list[str]:
    """Words with the space behind each."""
    return re.findall(r"\S+\s*", text)


def _shortened(words: Sequence[str], *, is_first: bool, is_last: bool) -> str:
    before = 0 if is_first else _KEPT_AROUND
    behind = 0 if is_last else _KEPT_AROUND
    if len(words) <= before + behind + 3:
        return "".join(words)
    kept_behind = "".join(words[-behind:]) if behind else ""
    return "".join(words[:before]) + _LEFT_OUT + kept_behind


def _whole(text: str) -> tuple[Run, ...]:
    """The text's beginning, with how much more there is."""
    words = _words(text.strip())
    left = len(words) - _MOST_OF_WHOLE
    if left <= _MOST_OF_WHOLE // 3:
        return (Run(text.strip()),) if words else ()
    return (Run("".join(words[:_MOST_OF_WHOLE]).rstrip() + " …"), Run(f" ({left} more words)", italic=True))


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.text)
