"""Jinja's sandbox as every template is filled in it; what a template was compiled to is kept while the program runs."""

from collections.abc import Mapping
from hashlib import sha256
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

# More than all packs have; while `svreport watch` runs, somebody who words a template makes a new one with each save.
_MOST_KEPT = 64

_kept: dict[bytes, CodeType] = {}


class Sandbox(ImmutableSandboxedEnvironment):
    """No globals, no tests, the filters that are given, and no undefined name that prints as nothing.

    The next workbook of a folder, or the next save, fills the same templates: their code is made once. It is kept by
    the source and by `kind`, which stands for the filters and settings. What is printed of a value (`finalize`) is
    asked anew each time; but code that was made without it never asks.
    """

    def __init__(self, kind: str, filters: Mapping[str, Any], **settings: Any) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0, **settings)
        self.globals.clear()
        self.tests.clear()
        self.filters = dict(filters)
        self._kind = kind

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

    def _key(self, source: str) -> bytes:
        kind = f"{self._kind} {bool(self.finalize)}"
        return sha256(f"{kind}\n{source}".encode("utf-8", "surrogatepass")).digest()
