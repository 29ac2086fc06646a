"""A table of a pack.toml, read strictly: what is wrong in it is told with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from svreport.model.names import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file, and where its faults are told: `place` is `document 3 (risk-register.docx)`."""

    content: Mapping[str, Any]
    place: str
    faults: list[str]

    def tell(self, fault: str) -> None:
        self.faults.append(f"{self.place}: {fault}" if self.place else fault)

    def text(self, key: str) -> str:
        """The text under a key; a missing, blank or other value is told, and is empty."""
        value = self.content.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.tell(f"{key} is missing" if value is None else f'{key} is no text: write {key} = "…"')
        return ""

    def refuse_unknown(self, known: Iterable[str]) -> None:
        for key in self.content:
            if key not in known:
                near = did_you_mean(key, known) or f"Known are {listed(known, 'and')}."
                self.tell(f"{key} is not known here. {near}")

    def tables(self, key: str, what: str) -> "list[Table]":
        """One table for each `[[key]]`; `what` is how its place calls it."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.tell(f"{key} is no list of tables: each one begins with a line [[{key}]]")
            return []
        found = []
        for number, content in enumerate(value, 1):
            name = content.get("name") or content.get("heading")
            told = f"{what} {number}" + (f" ({name})" if isinstance(name, str) else "")
            found.append(Table(content, f"{self.place}, {told}" if self.place else told, self.faults))
        return found
