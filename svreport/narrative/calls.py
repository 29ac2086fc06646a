"""What stands between `{{` and `}}`: one call with literal arguments, and filters behind it; nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from svreport.model import names

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

Literal = str | Decimal


class Form(NamedTuple):
    """How a function or filter is written: its arguments' names, how many of them it needs, and an example."""

    arguments: tuple[str, ...]
    needed: int
    example: str


FUNCTIONS: Mapping[str, Form] = {
    "actual": Form(("metric", "period"), 1, "actual('EHCP', 'Jul 2024')"),
    "forecast": Form(("metric", "period"), 1, "forecast('EHCP', 'Jul 2024')"),
    "gap": Form(("metric", "period"), 1, "gap('EHCP', 'Jul 2024')"),
    "change": Form(("metric", "since"), 2, "change('EHCP', 'Jul 2024')"),
    "finance": Form(("scenario", "line", "year"), 3, "finance('Mitigated', 'Cumulative deficit', '2028-29')"),
    "level": Form(("ref", "update"), 1, "level('3.1', 'Update 1 (May)')"),
    "programme": Form(("item",), 1, "programme('Authority')"),
}
FILTERS: Mapping[str, Form] = {
    "nearest": Form(("n",), 1, "nearest(100)"),
    "decimals": Form(("n",), 1, "decimals(1)"),
    "size": Form((), 0, "size"),
    "pounds": Form(("unit", "decimals"), 0, "pounds('m', 1)"),
}

_EXPECTED = f"one of {names.listed(FUNCTIONS)}, with names between quotation marks"


@dataclass(eq=False)
class NotACall(Exception):
    """What stands between the braces is not of the form that text can use."""

    expected: str
    mend: str


class Call(NamedTuple):
    """A function or filter with its arguments in their order; None for one that may be left out and was."""

    name: str
    arguments: tuple[Literal | None, ...]


class Expression(NamedTuple):
    call: Call
    filters: tuple[Call, ...]


def parse(source: str, known: Mapping[str, Form] = FILTERS) -> Expression:
    """The call that `source` (without its braces) is, with filters among those `known`. Raises `NotACall` for
    everything else.

    Jinja's grammar reads it, and of its tree only calls by name, filters and literals are let through: nothing is
    computed, looked up or run.
    """
    simple = _simple(source, known)
    return _parsed(source, known) if simple is None else simple


def _parsed(source: str, known: Mapping[str, Form]) -> Expression:
    from jinja2 import TemplateSyntaxError, nodes

    node, filters = _filters(_tree(source, TemplateSyntaxError), source, known)
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)):
        raise _unfit(source)
    return Expression(_call(node, node.node.name, FUNCTIONS, "function"), filters)


_ARGUMENT = r'(?:"(?:[^"\\\r\n]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4})*"|(?:0|[1-9][0-9]{0,8})(?![\w.]))'
_ARGUMENTS = rf"{_ARGUMENT}(?:\s*,\s*{_ARGUMENT})*"
_CALL = re.compile(rf"\s*([a-z]+)\s*\(\s*({_ARGUMENTS})\s*\)\s*")
_FILTER = re.compile(rf"\|\s*([a-z]+)\s*(?:\(\s*({_ARGUMENTS})?\s*\)\s*)?")
_EACH_ARGUMENT = re.compile(_ARGUMENT)


def _simple(source: str, known: Mapping[str, Form]) -> Expression | None:
    """The call where it is written without anything unusual; None for what takes Jinja, which takes long to load."""
    plain = _with_plain_strings(source)
    found = _CALL.match(plain)
    called = _simple_call(found, FUNCTIONS) if found else None
    if found is None or called is None:
        return None
    filters: list[Call] = []
    at = found.end()
    while behind := _FILTER.match(plain, at):
        filtered = _simple_call(behind, known)
        if filtered is None:
            return None
        filters.append(filtered)
        at = behind.end()
    return Expression(called, tuple(filters)) if at == len(plain) else None


def _simple_call(found: re.Match[str], known: Mapping[str, Form]) -> Call | None:
    form = known.get(found[1])
    given = [
        each[1:-1].encode().decode("unicode_escape") if each.startswith('"') else Decimal(each)
        for each in _EACH_ARGUMENT.findall(found[2] or "")
    ]
    if form is None or not form.needed <= len(given) <= len(form.arguments):
        return None
    return Call(found[1], (*given, *(None for _ in form.arguments[len(given) :])))


def parse_filters(source: str, known: Mapping[str, Form]) -> tuple[Call, ...]:
    """The filters, with `|` between, that stand behind a name. Raises `NotACall` for everything else."""
    from jinja2 import TemplateSyntaxError, nodes

    node, filters = _filters(_tree(f"0 | {source}", TemplateSyntaxError), source, known)
    if not isinstance(node, nodes.Const):
        raise _unfit(source)
    return filters


def _filters(
    node: "nodes.Expr", source: str, known: Mapping[str, Form]
) -> "tuple[nodes.Expr, tuple[Call, ...]]":
    """What stands before the filters, and these in their order."""
    from jinja2 import nodes

    filters: list[Call] = []
    while isinstance(node, nodes.Filter):
        if node.node is None:
            raise _unfit(source)
        filters.append(_call(node, node.name, known, "filter"))
        node = node.node
    return node, tuple(reversed(filters))


@cache
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment()


def _tree(source: str, syntax_error: type[Exception]) -> "nodes.Expr":
    from jinja2.parser import Parser

    try:
        parser = Parser(_environment(), _with_plain_strings(source), state="variable")
        tree = parser.parse_expression()
        if parser.stream.eos:
            return tree
    except (syntax_error, RecursionError, ValueError, OverflowError):
        pass
    raise _unfit(source)


def _call(node: "nodes.Call | nodes.Filter", called: str, known: Mapping[str, Form], kind: str) -> Call:
    form = known.get(called)
    if form is None:
        mend = names.did_you_mean(called, known) or f"write it like {next(iter(known.values())).example}"
        raise NotACall(f"a {kind}: {names.listed(known)}", mend)
    fault = NotACall(_described(called, form), f"write it like {form.example}")
    named = node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None
    if named or not form.needed <= len(node.args) <= len(form.arguments):
        raise fault
    given = [_literal(each, form) for each in node.args]
    return Call(called, (*given, *(None for _ in form.arguments[len(given) :])))


def _literal(node: "nodes.Node", form: Form) -> Literal:
    from jinja2 import nodes

    value = node.value if isinstance(node, nodes.Const) else None
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(str(value))
        if number.is_finite():
            return number
    mend = f"put names, periods and references between quotation marks, as in {form.example}"
    raise NotACall("names between quotation marks, and whole or decimal numbers", mend)


def _described(name: str, form: Form) -> str:
    if not form.arguments:
        return f"{name} without anything in brackets"
    may = form.arguments[form.needed :]
    needs = names.listed(form.arguments[: form.needed], "and") or "nothing"
    return f"{name} with {needs}" + (f", or also {names.listed(may, 'and')}" if may else "")


def _unfit(source: str) -> NotACall:
    bare = source.strip()
    example = next(iter(FUNCTIONS.values())).example
    if re.fullmatch(r"[\w ]+", bare) and (near := names.nearest(bare, FUNCTIONS, most=1)):
        return NotACall(_EXPECTED, f"write it like {FUNCTIONS[near[0]].example}")
    if re.fullmatch(r"[^\W\d][\w %-]*", bare):
        return NotACall(
            _EXPECTED, f"write actual('{bare}') for the metric's latest actual, or another of the functions"
        )
    return NotACall(
        _EXPECTED, f"write one function with its names, like {example}, and filters behind it after |"
    )


_SINGLE, _DOUBLE = "'‘’‛", '"“”„'
_OPENING = re.compile(rf"[(,]\s*([{_SINGLE}{_DOUBLE}])")
_CLOSING = {
    **dict.fromkeys(_SINGLE, re.compile(rf"[{_SINGLE}](?=\s*[,)])")),
    **dict.fromkeys(_DOUBLE, re.compile(rf"[{_DOUBLE}](?=\s*[,)])")),
}


def _with_plain_strings(source: str) -> str:
    """The source with each argument's string between straight quotes, every other character of it kept as a name's.

    A string ends at a quotation mark of its kind that a comma or bracket follows, so that `'Children's plans'` and
    marks made curly at one end only read as they were meant.
    """
    parts: list[str] = []
    at = 0
    while opening := _OPENING.search(source, at):
        closing = _CLOSING[opening[1]].search(source, opening.end())
        if closing is None:
            break
        name = re.sub(r"\\(['\"])", r"\1", source[opening.end() : closing.start()])
        escaped = name.encode("unicode_escape").decode("ascii").replace('"', r"\x22")
        parts += [source[at : opening.start(1)], '"', escaped, '"']
        at = closing.end()
    return "".join((*parts, source[at:]))
