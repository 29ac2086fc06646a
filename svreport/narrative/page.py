"""A page (`.html`) of a pack, filled in Jinja's sandbox: everything that is put in is escaped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from svreport.errors import TemplateFault

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

    tree = parse_page(name, text)
    _refuse_what_no_page_needs(name, tree)
    try:
        made = _environment()
        if printed is not None:
            made.finalize = lambda value: value if isinstance(value, Undefined) else printed(value)
        return str(made.from_string(tree).render(fields))
    except TemplateFault as fault:
        raise TemplateFault(f"{name}: {fault}") from None
    except TemplateError as fault:
        line = getattr(fault, "lineno", None)
        where = f"{name}, line {line}" if line else name
        raise TemplateFault(f"{where}: {(fault.message or str(fault)).rstrip('.')}.") from None


def _refuse_what_no_page_needs(name: str, tree: Any) -> None:
    """Raises TemplateFault for another file's text, and for arithmetic that could fill the memory with one tag."""
    from jinja2 import nodes

    for kind in (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends):
        for node in tree.find_all(kind):
            told = "from" if kind is nodes.FromImport else kind.__name__.lower()
            raise TemplateFault(f"{name}, line {node.lineno}: {{% {told} %}} cannot stand here.")
    for node in tree.find_all((nodes.Mul, nodes.Pow)):
        raise TemplateFault(
            f"{name}, line {node.lineno}: a tag holds more than a template can use: no * or **."
        )


def parse_page(name: str, text: str) -> Any:
    """The template as Jinja's syntax tree; raises TemplateFault, with the line, where it cannot be read."""
    from jinja2 import TemplateSyntaxError

    try:
        made = _environment()
        made.compile(text)  # tells a filter that is not there
        return made.parse(text)
    except TemplateSyntaxError as fault:
        told = (fault.message or "it cannot be read").rstrip(".")
        raise TemplateFault(f"{name}, line {fault.lineno}: {told}.") from None


def names_in_page(name: str, text: str) -> set[str]:
    """The names of the context that the template uses; raises TemplateFault as `parse_page` does."""
    from jinja2.meta import find_undeclared_variables

    return set(find_undeclared_variables(parse_page(name, text)))


def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=0,
    )
    made.globals.clear()
    made.filters = {each: made.filters[each] for each in _FILTERS}
    made.tests.clear()
    return made
