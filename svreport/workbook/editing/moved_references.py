"""References to cells after rows were put in between: `Progress!C7`, `$A$4:$A$9`, `3:5`, in areas and in formulas."""

import re
from dataclasses import dataclass

from svreport.model import names
from svreport.workbook.areas import LAST_ROW, Area, read_area

_CELL = re.compile(r"(?<![A-Za-z0-9_.$])(\$?[A-Za-z]{1,3}\$?)(\d{1,7})(?![A-Za-z0-9_.(])")
_SEVERAL_SHEETS = re.compile(r"(?:'[^'\[]*:[^'\[]*'|[\w.]+:[\w.]+)!")
_ROWS = re.compile(r"(\$?)(\d{1,7}):(\$?)(\d{1,7})")


class NotMovable(ValueError):
    """A formula names cells in a way that cannot be followed."""


@dataclass(frozen=True, slots=True)
class Move:
    """`count` rows put before the row `at` of a sheet."""

    sheet: str
    at: int
    count: int

    def row(self, number: int) -> int:
        return min(number + self.count, LAST_ROW) if number >= self.at else number

    def is_named_in(self, text: str) -> bool:
        return names.key(self.sheet) in names.key(text.replace("''", "'"))

    def areas(self, references: str) -> str:
        """Areas with spaces between, moved; one that the rows come into grows."""
        return " ".join(self._area(each) for each in references.split())

    def formula(self, text: str, home: str) -> str:
        """A formula of the sheet `home`, without its `=`. Raises NotMovable for one that cannot be taken apart, or that
        adds up over several sheets.
        """
        if home != self.sheet and not self.is_named_in(text):
            if _SEVERAL_SHEETS.search(text):
                raise NotMovable(text)
            return text
        from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

        try:
            tokenizer = Tokenizer(f"={text}")
        except (TokenizerError, IndexError):
            raise NotMovable(text) from None
        for token in tokenizer.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self._operand(token.value, home)
        return "".join(token.value for token in tokenizer.items)

    def link(self, location: str) -> str:
        """Where a link within the workbook leads, `'Sheet'!A1`."""
        return self._operand(location, "")

    def _operand(self, reference: str, home: str) -> str:
        prefix, mark, cells = reference.rpartition("!")
        if "[" in reference:
            # Another workbook's cells, or a table's columns, which name no rows.
            return reference
        sheet = _unquoted(prefix) if mark else home
        if ":" in sheet and mark:
            raise NotMovable(reference)
        if names.key(sheet) != names.key(self.sheet):
            return reference
        whole = _ROWS.fullmatch(cells)
        if whole:
            first, last = self.row(int(whole[2])), self.row(int(whole[4]))
            return f"{prefix}{mark}{whole[1]}{first}:{whole[3]}{last}"
        return prefix + mark + _CELL.sub(lambda found: f"{found[1]}{self.row(int(found[2]))}", cells)

    def _area(self, reference: str) -> str:
        area = read_area(reference)
        if area is None:
            return reference
        return str(Area(self.row(area.top), area.left, self.row(area.bottom), area.right))


def _unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") and sheet.endswith("'") else sheet
