"""A page (`.html`) of a pack, filled in Jinja's sandbox: everything that is put in is escaped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svreport.errors import TemplateFault

if TYPE_CHECKING:
    from svreport.narrative.sandbox import Sandbox

_FILTERS = ("capitalize", "length", "lower", "upper")


def read_page(path: Path) -> str:
    """The template's text, its lines ended as a browser reads them. Raises TemplateFault for what is no text."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TemplateFault(f"{path} is not UTF-8 text: save it with the encoding UTF-8.") from None
    except OSError as error:
        raise TemplateFault(f"{path} cannot be read ({error.strerror or error}).") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def fill_page(
    name: str,
    text: str,
    fields: dict[str, object],
    printed: Callable[[object], object] | None = None,
) -> str:
    """The page with its tags filled; `name` is the template's, for the TemplateFault of one that cannot be.

    `printed` gives what a tag prints for a value that is no text; what it gives is escaped, unless it is Markup.
    """
    from jinja2 import TemplateError, Undefined

    made = _environment()
    if printed is not None:
        made.finalize = lambda value: value if isinstance(value, Undefined) else printed(value)
    code = made.kept(text)
    if code is None:
        with _faults_told(name):
            tree = made.parse(text)
            if refused := _what_no_page_needs(tree):  # before compiling, which works constants out
                raise TemplateFault(f"{name}, {refused}")
            code = made.keep(text, made.compile(tree))
    try:
        return str(made.template_class.from_code(made, code, made.make_globals(None)).render(fields))
    except TemplateFault as fault:
        raise TemplateFault(f"{name}: {fault}") from None
    except TemplateError as fault:
        line = getattr(fault, "lineno", None)
        where = f"{name}, line {line}" if line else name
        raise TemplateFault(f"{where}: {(fault.message or str(fault)).rstrip('.')}.") from None


def _what_no_page_needs(tree: Any) -> str:
    """Tells another file's text, and arithmetic that could fill the memory with one tag; empty where there is none."""
    from jinja2 import nodes

    others = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    found = list(tree.find_all((*others, nodes.Mul, nodes.Pow)))
    for kind in others:
        for node in (each for each in found if isinstance(each, kind)):
            told = "from" if kind is nodes.FromImport else kind.__name__.lower()
            return f"line {node.lineno}: {{% {told} %}} cannot stand here."
    return f"line {found[0].lineno}: a tag holds more than a template can use: no * or **." if found else ""


def parse_page(name: str, text: str) -> Any:
    """The template as Jinja's syntax tree; raises TemplateFault, with the line, where it cannot be read."""
    made = _environment()
    with _faults_told(name):
        tree = made.parse(text)
        if not _what_no_page_needs(tree):
            made.compile(text)  # tells a filter that is not there
        return tree


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    from jinja2 import TemplateSyntaxError

    try:
        yield
    except TemplateSyntaxError as fault:
        told = (fault.message or "it cannot be read").rstrip(".")
        raise TemplateFault(f"{name}, line {fault.lineno}: {told}.") from None


def names_in_page(name: str, text: str) -> set[str]:
    """The names of the context that the template uses; raises TemplateFault as `parse_page` does."""
    from jinja2.meta import find_undeclared_variables

    return set(find_undeclared_variables(parse_page(name, text)))


def _environment() -> "Sandbox":
    from jinja2.filters import FILTERS as ALL_FILTERS

    from svreport.narrative.sandbox import Sandbox

    return Sandbox(
        "page",
        {each: ALL_FILTERS[each] for each in _FILTERS},
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
