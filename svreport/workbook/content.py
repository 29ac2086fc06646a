"""What a workbook is filled with: the rows of each sheet, as plain values under their headings."""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from svreport.errors import CallFault
from svreport.model import names
from svreport.model.level import standard_scale
from svreport.model.period import Period
from svreport.workbook import layout

Content = Mapping[str, Sequence[Mapping[str, object]]]
"""The rows of each sheet, in order, by heading. Values are text, dates, numbers, True and False for Yes and No,
periods, and None or nothing at all for an empty cell."""

EXAMPLES = Path(__file__).parent.parent / "examples"

# The questions as DfE's form words them.
_QUESTIONS = {
    "in-year": "To achieve the Safety Valve agreement's projected deficit in the current year?",
    "end-of-plan": "To achieve a £0 DSG deficit by the end of the Safety Valve agreement?",
    "capital": "Is your LA's Safety Valve capital project on track?",
}
_UPDATES = ("Update 1 (May)", "Update 2 (August)", "Update 3 (November)")


def blank(authority: str, year: Period | None) -> Content:
    """An empty return, ready to be filled in: the form's questions, roles and levels, and three updates to rename."""
    filled = {
        "Authority": authority,
        "Financial year": str(year) if year else None,
        "Current update": _UPDATES[0],
        "Money in": "£000",
        "Deficits shown as": "positive",
        "Finance lines": "some",
    }
    return {
        "Programme": [{"Item": item.name, "Value": filled.get(item.name)} for item in layout.ITEMS],
        "Updates": [{"Update": label} for label in _UPDATES],
        "Contacts": [{"Role": role} for role in layout.KEY_ROLES],
        "Questions": [{"Ref": ref, "Question": question} for ref, question in _QUESTIONS.items()],
        "Headlines": [{"Heading": heading} for heading in layout.HEADLINE_HEADINGS],
        "Assurance levels": [
            {"Level": level.name, "Colour": level.name, "Definition": level.definition}
            for level in standard_scale().levels
        ],
        "Sign-off": [{"Role": role} for role in layout.SIGN_OFF_ROLES],
    }


def example(name: str) -> Content:
    """A worked example that comes with svreport, by its name (`wiltshire-2024-12`).

    One of a paper that `extends` another holds that one's sheets too. Raises CallFault for a name that none has.
    """
    own, base = _own_content(name)
    return {**example(base), **own} if base else own


def base_of(name: str) -> str:
    """The example that another lies on; empty for one that stands alone."""
    return _own_content(name)[1]


def own_sheets(name: str) -> Content:
    """The sheets of an example without those of the one that it lies on."""
    return _own_content(name)[0]


def _own_content(name: str) -> tuple[dict[str, list[dict[str, object]]], str]:
    known = sorted(path.stem for path in EXAMPLES.glob("*.toml"))
    if name not in known:
        near = names.did_you_mean(name, known)
        raise CallFault(
            f"There is no example called {name}: there is {names.listed(known, 'and')}. {near}".strip()
        )
    text = (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text, parse_float=Decimal)
    base = str(content.pop("extends", ""))
    return content, base
