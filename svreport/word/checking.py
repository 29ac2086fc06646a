"""Every fault of a template's tags, found without filling it: each tag read, and its names looked up in the context."""

import re
from dataclasses import dataclass, field
from typing import Any

from svreport.model import names
from svreport.word.containers import misplaced, unmatched_place
from svreport.word.expressions import LOOP, Kind, element_of, is_list, kind_of, types_of
from svreport.word.fields import Chart, Link, Rich, Shade, Stack
from svreport.word.tags import Tag, Tags, Where

_STATEMENTS = ("for", "if", "elif", "else", "set", "endfor", "endif")
_ENDS = {"endfor": "for", "endif": "if"}
_CLOSING = {"{{": "}}", "{%": "%}"}
# The letter of a tag, which stands right behind the braces, with a space before it.
_LETTER_APART = re.compile(r"(p|r|tr)\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TagFault:
    """One fault: where it stands, the tag as written, what is wrong, and the nearest right name or an empty text."""

    file: str
    part: str
    paragraph: int
    words: str
    table: int | None
    row: int | None
    tag: str
    wrong: str
    nearest: str = ""

    @property
    def place(self) -> str:
        """`body, table 2, row 3, paragraph 17 (“Signed off by …”)`."""
        cell = f", table {self.table}, row {self.row}" if self.table is not None else ""
        return f"{self.part}{cell}, paragraph {self.paragraph} (“{_cut(self.words)}”)"

    def __str__(self) -> str:
        nearest = f" Did you mean {self.nearest}?" if self.nearest else ""
        return f"{self.file}, {self.place}: {_cut(self.tag)} {self.wrong}.{nearest}"


@dataclass(slots=True)
class _Frame:
    """A `for` or `if` that is open, and the names that it brings."""

    keyword: str
    tag: Tag
    known: dict[str, Kind] = field(default_factory=dict)


class _Checker:
    """Walks the tags of one part in order."""

    def __init__(self, file: str, context_type: type, environment: Any) -> None:
        self.faults: list[TagFault] = []
        self._file = file
        self._environment = environment
        self._top = types_of(context_type)
        self._open: list[_Frame] = []
        self._set: dict[str, Kind] = {}

    def check(self, tags: Tags) -> None:
        for where, sign in tags.loose:
            other = "closed" if sign.startswith("{") else "opened"
            self._add(where, sign, f"is not {other} in its paragraph")
        for where, written, told in tags.single:
            if self._is_field(told):
                self._add(where, written, f"has one brace, and prints as it stands: write {{{{ {told} }}}}")
        for tag in tags.found:
            if tag.sign == "{#":
                continue
            wrong = misplaced(tag, [each for each in tags.found if each.where is tag.where])
            if wrong:
                self._fault(tag, wrong)
            if tag.sign == "{{":
                self._check_output(tag, [each for each in tags.found if each.where is tag.where])
            else:
                self._check_statement(tag)
        for frame in self._open:
            self._fault(frame.tag, f"is never closed: {{% end{frame.keyword} %}} is missing")

    def _is_field(self, told: str) -> bool:
        """True for a name of the context, and for `risk.levels` where rows of some list have that field."""
        first, _, rest = told.partition(".")
        if not rest:
            return first in self._top
        rows = (element_of(kind) for name, kind in self._top.items() if name.startswith(first))
        return rest in types_of(self._top.get(first)) or any(rest in types_of(row) for row in rows)

    def _add(self, where: Where, written: str, wrong: str, nearest: str = "") -> None:
        place = (where.part, where.number, where.words, where.table, where.row)
        fault = TagFault(self._file, *place, written, wrong, nearest)
        if fault not in self.faults[-8:]:
            self.faults.append(fault)

    def _fault(self, tag: Tag, wrong: str, nearest: str = "") -> None:
        self._add(tag.where, tag.written, wrong, nearest)

    def _check_output(self, tag: Tag, beside: list[Tag]) -> None:
        expression = self._parse(tag, f"{{{{ {tag.inside} }}}}", lambda body: body[0].nodes[0])
        kind = None if expression is None else self._kind(expression, tag)
        if kind is None:
            return
        if kind in (Rich, Stack, Shade, Chart):
            if tag.in_attribute:
                self._fault(tag, "is no plain text, which alone can stand here")
            elif tag.scope == "r":
                self._fault(
                    tag,
                    f"brings paragraphs of its own: write {{{{p {tag.inside} }}}} in a paragraph of its own",
                )
            elif not _alone(tag, beside):
                self._fault(tag, "brings paragraphs of its own, and the other words of this paragraph would be lost: "
                    "put it in a paragraph of its own")  # fmt: skip
        elif kind is Link:
            if tag.in_attribute:
                self._fault(tag, f"is a link: write {{{{ {tag.inside}.text }}}} here")
        elif is_list(kind):
            self._fault(tag, f"is a list: go through it with {{% for … in {tag.inside} %}}")
        elif kind not in (str, int):
            fields = names.listed(f"{tag.inside}.{each}" for each in types_of(kind))
            self._fault(
                tag, f"is not text by itself: write one of {fields}" if fields else "has no text to print"
            )

    def _check_statement(self, tag: Tag) -> None:
        keyword, _, rest = tag.inside.partition(" ")
        if keyword == "for":
            loop = self._parse(tag, f"{{% {tag.inside} %}}{{% endfor %}}", lambda body: body[0])
            self._open.append(_Frame("for", tag))
            if loop is not None:
                self._open[-1].known.update(self._loop_names(loop, tag))
                if loop.test is not None:
                    self._kind(loop.test, tag)
        elif keyword in ("if", "elif"):
            test = self._parse(tag, f"{{% if {rest} %}}{{% endif %}}", lambda body: body[0].test)
            if test is not None:
                self._kind(test, tag)
            if keyword == "if":
                self._open.append(_Frame("if", tag))
            else:
                self._inside_if(tag)
        elif keyword == "else":
            if not self._open:
                self._fault(tag, "stands in no {% if %} or {% for %}")
        elif keyword in _ENDS:
            self._close(tag, _ENDS[keyword])
        elif keyword == "set":
            self._check_set(tag)
        elif apart := _letter_apart(tag):
            self._fault(tag, apart)
        else:
            told = f"is no statement that a template can use, which are {names.listed(_STATEMENTS, 'and')}"
            joined = "".join(tag.inside.split())
            near = joined if joined in _STATEMENTS else "".join(names.nearest(keyword, _STATEMENTS, most=1))
            self._fault(tag, told, near)

    def _inside_if(self, tag: Tag) -> None:
        if not self._open or self._open[-1].keyword != "if":
            self._fault(tag, "stands in no {% if %}")

    def _close(self, tag: Tag, keyword: str) -> None:
        if not self._open:
            self._fault(tag, f"closes no {{% {keyword} %}}: there is none before it")
            return
        if self._open[-1].keyword != keyword:
            opened = self._open[-1]
            if not any(each.keyword == keyword for each in self._open):
                self._fault(tag, f"closes no {{% {keyword} %}}: {opened.tag.written} is open here")
                return
            while self._open[-1].keyword != keyword:
                left = self._open.pop()
                self._fault(left.tag, f"is not closed before {tag.written}")
        opened = self._open.pop()
        wrong = unmatched_place(opened.tag, tag)
        if wrong:
            self._fault(tag, wrong)

    def _check_set(self, tag: Tag) -> None:
        from jinja2 import nodes

        made = self._parse(tag, f"{{% {tag.inside} %}}", lambda body: body[0])
        if made is None:
            return
        if not isinstance(made, nodes.Assign) or not isinstance(made.target, nodes.Name):
            self._fault(tag, "is not written as {% set name = value %}")
            return
        inner = next((each.known for each in reversed(self._open) if each.keyword == "for"), self._set)
        inner[made.target.name] = self._kind(made.node, tag)

    def _loop_names(self, loop: Any, tag: Tag) -> dict[str, Kind]:
        from jinja2 import nodes

        kind = self._kind(loop.iter, tag)
        if loop.recursive:
            self._fault(tag, "is recursive, which a template cannot use")
        if not isinstance(loop.target, nodes.Name):
            self._fault(tag, "takes one name at a time: {% for name in … %}")
            return {"loop": LOOP}
        if kind is not None and not is_list(kind):
            self._fault(tag, "goes through what is no list")
        return {"loop": LOOP, loop.target.name: element_of(kind)}

    def _parse(self, tag: Tag, source: str, pick: Any) -> Any:
        from jinja2 import TemplateSyntaxError

        try:
            return pick(self._environment.parse(source).body)
        except TemplateSyntaxError as fault:
            apart = _letter_apart(tag)
            told = f"cannot be read: {fault.message or 'something is missing'}".rstrip(".")
            self._fault(tag, apart or told)
        except (IndexError, AttributeError):
            self._fault(tag, "is empty")
        except (RecursionError, MemoryError, ValueError, OverflowError):
            self._fault(tag, "is too long to be read")
        return None

    def _kind(self, node: Any, tag: Tag) -> Kind:
        try:
            return kind_of(node, self._known(), lambda wrong, nearest: self._fault(tag, wrong, nearest))
        except RecursionError:
            self._fault(tag, "is too long to be read")
            return None

    def _known(self) -> dict[str, Kind]:
        known = {**self._top, **self._set}
        for frame in self._open:
            known.update(frame.known)
        return known


def faults_of(file: str, parts: list[Tags], context_type: type, environment: Any) -> list[TagFault]:
    """Every fault of a template's parts, in their order."""
    faults: list[TagFault] = []
    for tags in parts:
        checker = _Checker(file, context_type, environment)
        checker.check(tags)
        faults += sorted(checker.faults, key=lambda fault: fault.paragraph)
    return faults


def _letter_apart(tag: Tag) -> str:
    """What is wrong where a space stands before a tag's letter, which then is none; empty where none does."""
    found = _LETTER_APART.fullmatch("" if tag.scope else tag.inside)
    if found is None:
        return ""
    return f"has a space before its {found[1]}: write {tag.sign}{found[1]} {found[2]} {_CLOSING[tag.sign]}"


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def _alone(tag: Tag, beside: list[Tag]) -> bool:
    """True where the paragraph holds no words but this tag, and statements around it."""
    words = tag.where.words
    for each in beside:
        words = words.replace(each.written, "", 1)
    return not words.strip() and sum(each.sign == "{{" for each in beside if not each.in_attribute) == 1
