"""What a template can reach of its context: the fields of dataclasses, and nothing else."""

import dataclasses
from typing import Any

from svreport.word.fields import Chart, Later, Link, Rich, Shade, Stack

Placed = Rich | Stack | Shade | Link
"""The fields that are laid out as elements of Word."""


class View:
    """A dataclass as a template sees it: its fields, no methods, nothing of Python's insides."""

    __slots__ = ("_fields", "_kept", "_value")

    def __init__(self, value: Any) -> None:
        self._value = value
        self._fields = field_names(type(value))
        self._kept: dict[str, object] = {}

    def __getattr__(self, field: str) -> object:
        if field not in self._fields:
            raise AttributeError(field)
        if field not in self._kept:
            self._kept[field] = view(getattr(self._value, field))
        return self._kept[field]

    def __bool__(self) -> bool:
        """False for text without a block, a stack without a step, a link without words, a chart without figures."""
        if isinstance(self._value, Rich):
            return bool(self._value.blocks)
        if isinstance(self._value, Stack):
            return bool(self._value.steps)
        if isinstance(self._value, Chart):
            return bool(self._value.name)
        return bool(self._value.text) if isinstance(self._value, Link) else True

    def __str__(self) -> str:
        raise TypeError(f"{type(self._value).__name__} is not text")


def view(value: object) -> object:
    """A value as templates may have it. Raises TypeError for one that is no plain data."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Later):
        return view(value.make())
    if isinstance(value, tuple | list):
        return tuple(view(each) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return View(value)
    raise TypeError(f"{type(value).__name__} is not plain data")


def placed(value: object) -> Placed | Chart | None:
    """The field behind a view, where it is one that is laid out as elements; a chart is still to be drawn."""
    if isinstance(value, View):
        field = value._value
        return field if isinstance(field, Rich | Stack | Shade | Link | Chart) else None
    return None


def field_names(kind: type) -> frozenset[str]:
    """The names that a template can write behind the dot; the blocks of a text are not among them, nor of a chart."""
    return (
        frozenset() if kind in (Rich, Chart) else frozenset(field.name for field in dataclasses.fields(kind))
    )
