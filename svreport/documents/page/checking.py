"""What is wrong in a page's template: every name that it uses, looked up in what the page can place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from svreport.documents.page.context import ReviewPage
from svreport.errors import TemplateFault
from svreport.narrative.page import parse_page, read_page
from svreport.word.expressions import LOOP, element_of, is_list, kind_of, types_of
from svreport.word.fields import Chart, Link, Rich, Shade, Stack

_PRINTED = (Rich, Stack, Shade, Link, Chart)


def page_faults(path: Path, *contexts: type) -> list[str]:
    """A line for each fault, with the line of the template; an empty list when the page can be filled.

    `contexts` are the dataclasses whose fields it can place: those of the review's page if none is given.
    """
    try:
        tree = parse_page(path.name, read_page(path))
    except TemplateFault as fault:
        return [str(fault)]
    checker = _Checker(path.name)
    known: dict[str, Any] = {}
    for context in contexts or (ReviewPage,):
        known |= types_of(context)
    checker.walk(tree.body, known)
    return list(dict.fromkeys(checker.faults))


class _Checker:
    """Walks Jinja's syntax tree with the names that are known at each place."""

    def __init__(self, name: str) -> None:
        self.faults: list[str] = []
        self._name = name
        self._macros: dict[str, Any] = {}

    def walk(self, nodes: list[Any], known: Mapping[str, Any]) -> None:
        inside = dict(known)
        for node in nodes:
            match type(node).__name__:
                case "Output":
                    for each in node.nodes:
                        self._printed(each, inside)
                case "For":
                    kind = self._kind(node.iter, inside)
                    loop = (
                        {node.target.name: element_of(kind), "loop": LOOP}
                        if hasattr(node.target, "name")
                        else {}
                    )
                    self.walk(node.body, {**inside, **loop})
                    self.walk(node.else_, inside)
                case "If":
                    self._kind(node.test, inside)
                    for branch in (node.body, node.else_, *([each] for each in node.elif_)):
                        self.walk(branch, inside)
                case "Assign":
                    inside[node.target.name] = self._kind(node.node, inside)
                case "Macro":
                    self._macros[node.name] = node
                case other:
                    self.faults.append(
                        f"{self._name}, line {node.lineno}: {{% {other.lower()} %}} cannot stand here."
                    )

    def _printed(self, node: Any, known: Mapping[str, Any]) -> None:
        if type(node).__name__ == "TemplateData":
            return
        if type(node).__name__ == "Call" and getattr(node.node, "name", None) in self._macros:
            macro = self._macros[node.node.name]
            given = [self._kind(each, known) for each in node.args]
            names = [argument.name for argument in macro.args]
            self.walk(macro.body, {**known, **dict(zip(names, given, strict=False))})
            return
        kind = self._kind(node, known)
        if kind not in _PRINTED and (is_list(kind) or types_of(kind)):
            self._tell(node, "prints what is no text: go through it, or name one of its fields")

    def _kind(self, node: Any, known: Mapping[str, Any]) -> Any:
        return kind_of(
            node,
            known,
            lambda wrong, nearest: self._tell(node, wrong, f" Did you mean {nearest}?" if nearest else ""),
        )

    def _tell(self, node: Any, wrong: str, nearest: str = "") -> None:
        self.faults.append(f"{self._name}, line {node.lineno}: a tag {wrong}.{nearest}")
