"""Jinja's sandbox as every template is filled in it; what a template was compiled to is kept while the program runs."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from svreport.errors import TemplateFault

# More than all packs have; while `svreport watch` runs, somebody who words a template makes a new one with each save.
_MOST_KEPT = 64
# A hundred times the worked example goes round some tens of thousands of times, and prints some tens of millions of
# characters.
_MOST_ROUNDS = 1_000_000
_MOST_CHARACTERS = 400_000_000
_AT_ONCE = 1000

_kept: dict[bytes, CodeType] = {}


class Sandbox(ImmutableSandboxedEnvironment):
    """No globals, no tests, the filters that are given, and no undefined name that prints as nothing.

    The next workbook of a folder, or the next save, fills the same templates: their code is made once. It is kept by
    the source and by `kind`, which stands for the filters and settings. What is printed of a value (`finalize`) is
    asked anew each time; but code that was made without it never asks.

    Loops within loops could go on for ever: one sandbox goes round, and prints, only so often. Raises TemplateFault
    while a template is filled that wants more.
    """

    def __init__(self, kind: str, filters: Mapping[str, Any], **settings: Any) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0, **settings)
        self.globals.clear()
        self.tests.clear()
        self.filters = dict(filters)
        self._kind = kind
        self._rounds = 0

    def compile(self, source: Any, *settings: Any, **named: Any) -> Any:
        """As Jinja does; a text's code is kept, where nothing else is given."""
        if settings or named or not isinstance(source, str):
            return super().compile(source, *settings, **named)
        return self.kept(source) or self.keep(source, super().compile(source))

    def kept(self, source: str) -> CodeType | None:
        """The code of a text, where it was made before."""
        return _kept.get(self._key(source))

    def keep(self, source: str, code: CodeType) -> CodeType:
        """Keeps the code of a text, and gives it back."""
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        return _kept.setdefault(self._key(source), code)

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """What a loop goes through, one by one."""
        for item in items:
            self._rounds += 1
            if self._rounds > _MOST_ROUNDS:
                raise TemplateFault("its loops go round too often: take one out of the other")
            yield item

    def concat(self, parts: Iterable[str]) -> str:
        """The text that a filled template gives."""
        told: list[str] = []
        length = 0
        given = iter(parts)
        while chunk := list(islice(given, _AT_ONCE)):
            some = "".join(chunk)
            length += len(some)
            if length > _MOST_CHARACTERS:
                raise TemplateFault("it would print more than any document holds")
            told.append(some)
        return "".join(told)

    def _generate(self, source: nodes.Template, *settings: Any, **named: Any) -> str:
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Call(nodes.EnvironmentAttribute("counted"), [loop.iter], [], None, None)
        return super()._generate(source, *settings, **named)

    def _key(self, source: str) -> bytes:
        kind = f"{self._kind} {bool(self.finalize)}"
        return sha256(f"{kind}\n{source}".encode("utf-8", "surrogatepass")).digest()
