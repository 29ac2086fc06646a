"""What a template's expression gives, worked out from the context's types without filling anything."""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from svreport.model import names
from svreport.word.fields import Link
from svreport.word.frame import FILTERS, REFERENCES
from svreport.word.views import field_names

LOOP = ("index", "index0", "revindex", "first", "last", "length")
"""What `loop` holds inside a `for`."""

Kind = Any
"""What a name stands for: a type such as `str` or `tuple[X, ...]`, `LOOP`, or None where that is not known."""

Complain = Callable[[str, str], None]
"""Takes what is wrong with the expression, and the nearest right name or an empty text."""


def kind_of(node: Any, known: Mapping[str, Kind], complain: Complain) -> Kind:
    """What an expression that Jinja has parsed gives, each fault in it told; None where that cannot be known."""
    return _Reader(known, complain).kind(node)


def types_of(kind: Any) -> dict[str, Kind]:
    """The fields that a template can name behind a dataclass's dot, an optional one without its None."""
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        return {}
    hints = typing.get_type_hints(kind)
    return {each: _plain(hints[each]) for each in sorted(field_names(kind))}


def element_of(kind: Kind) -> Kind:
    """What each element of a `tuple[X, ...]` is; None for another kind."""
    return typing.get_args(kind)[0] if is_list(kind) else None


def is_list(kind: Kind) -> bool:
    origin: object = typing.get_origin(kind)
    return origin is tuple


class _Reader:
    """Walks one expression."""

    def __init__(self, known: Mapping[str, Kind], complain: Complain) -> None:
        self._known = known
        self._complain = complain

    def kind(self, node: Any) -> Kind:
        from jinja2 import nodes

        match node:
            case nodes.Name():
                return self._name(node.name)
            case nodes.Getattr(node=nodes.Name(name=name)) if name not in self._known and (
                lists := self._lists_with(node.attr, name)
            ):
                loop = names.listed((f"{{% for {name} in {each} %}}" for each in lists), "or")
                self._complain(f"stands outside of {loop}, which alone says what {name} is", "")
                return None
            case nodes.Getattr():
                return self._attribute(self.kind(node.node), node)
            case nodes.Const():
                return type(node.value) if isinstance(node.value, str | int) else None
            case nodes.Filter():
                return self._filtered(node)
            case nodes.CondExpr():
                return self._either(node)
            case nodes.And() | nodes.Or():
                left, right = self.kind(node.left), self.kind(node.right)
                return left if left == right else None
            case nodes.Compare() | nodes.Not():
                for each in node.iter_child_nodes():
                    self.kind(each.expr if isinstance(each, nodes.Operand) else each)
                return bool
            case nodes.Concat():
                for each in node.nodes:
                    if self.kind(each) not in (str, int, None):
                        self._complain("joins with ~ what is no text", "")
                return str
        allowed = f"names, dots, comparisons, and, or, not, ~, if … else and the filters {names.listed(FILTERS, 'and')}"
        self._complain(f"holds more than a template can use: {allowed}", "")
        return None

    def _name(self, name: str) -> Kind:
        if name not in self._known:
            self._unknown(name, _reachable(self._known))
        return self._known.get(name)

    def _lists_with(self, field: str, name: str) -> list[str]:
        """The lists whose rows have the field, and that are called after the name: `risks` for `risk.levels`."""
        return [
            each
            for each, kind in self._known.items()
            if is_list(kind) and each.startswith(name) and field in types_of(element_of(kind))
        ]

    def _attribute(self, kind: Kind, node: Any) -> Kind:
        if kind is None:
            return None
        fields = dict.fromkeys(LOOP, int) | {"first": bool, "last": bool} if kind is LOOP else types_of(kind)
        if node.attr not in fields:
            self._unknown(node.attr, fields, before=f"{_written(node.node)}.")
        return fields.get(node.attr)

    def _either(self, node: Any) -> Kind:
        self.kind(node.test)
        if node.expr2 is None:
            self._complain("says nothing for the other case: add else and a value", "")
            return self.kind(node.expr1)
        first, other = self.kind(node.expr1), self.kind(node.expr2)
        return first if first == other else None

    def _filtered(self, node: Any) -> Kind:
        kind = self.kind(node.node)
        if node.name not in FILTERS:
            self._unknown(node.name, FILTERS, what="filter")
            return None
        if node.args or node.kwargs:
            self._complain(f"gives the filter {node.name} something in brackets, which it does not take", "")
        if node.name in ("length", "first", "last"):
            if kind is not None and not is_list(kind):
                self._complain(f"uses the filter {node.name} on what is no list", "")
            return int if node.name == "length" else element_of(kind)
        if kind not in (str, int, None):
            self._complain(f"uses the filter {node.name} on what is no text", "")
        return Link if node.name in REFERENCES else str

    def _unknown(self, name: str, known: Iterable[str], what: str = "name", before: str = "") -> None:
        """Tells a name that is not among those known; `before` stands before all of them, `condition.` say."""
        there = list(known)
        nearest = [before + each for each in names.nearest(name, there)]
        listed = names.listed((before + each for each in there), "and", 24)
        told = "" if nearest or not there else f"; there are {listed}"
        self._complain(f"names {before}{name}, a {what} that is not there{told}", " or ".join(nearest))


def _plain(hint: Any) -> Kind:
    origin: object = typing.get_origin(hint)
    if isinstance(hint, types.UnionType) or origin is typing.Union:
        left = [each for each in typing.get_args(hint) if each is not type(None)]
        return left[0] if len(left) == 1 else None
    return hint


def _reachable(known: Mapping[str, Kind]) -> Iterator[str]:
    """The names, and behind each the fields that it leads to: `heading` was perhaps meant as `condition.heading`."""
    yield from known
    for each, kind in known.items():
        yield from (f"{each}.{field}" for field in types_of(kind))


def _written(node: Any) -> str:
    """How `condition.levels` was written."""
    inner = getattr(node, "node", None)
    return f"{_written(inner)}.{node.attr}" if hasattr(node, "attr") else str(getattr(node, "name", "…"))
