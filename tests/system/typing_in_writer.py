"""Works in Word files as a person does, in LibreOffice's Writer: run by a Python that has LibreOffice's module `uno`.

Takes the folder of a profile, LibreOffice's own program, and from its input JSON: for each file a list of steps, of
which each is the name of a function below with what it takes. Each file is saved as the .docx that it was.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found] # only the Python that comes with LibreOffice has it

WORD = "MS Word 2007 XML"


def given(**values: Any) -> tuple[Any, ...]:
    """Values as LibreOffice takes them, each with its name."""
    made = []
    for name, value in values.items():
        each = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        each.Name, each.Value = name, value
        made.append(each)
    return tuple(made)


class Desk:
    """LibreOffice without a screen, with one file open at a time."""

    def __init__(self, profile: str, program: str) -> None:
        pipe = f"svreport-{os.getpid()}"
        self._office = subprocess.Popen(
            [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo",
             f"--accept=pipe,name={pipe};urp;"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        context = self._connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self._services = context.ServiceManager
        self._desktop = self._services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._menus = self._services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def _connected(self, address: str) -> Any:
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
        for _ in range(600):
            try:
                return resolver.resolve(address)
            except Exception:
                if self._office.poll() is not None:
                    sys.exit(f"LibreOffice ended with {self._office.returncode} before it could be used")
                time.sleep(0.1)
        sys.exit("LibreOffice did not start within a minute")

    def work(self, path: str, steps: Sequence[Sequence[Any]]) -> None:
        self._file = self._desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, ())
        self._controller = self._file.CurrentController
        for name, *taken in steps:
            getattr(self, name)(*taken)
        self._file.storeToURL(Path(path).as_uri(), given(FilterName=WORD))
        self._file.close(True)

    def leave(self) -> None:
        with suppress(Exception):  # it goes while it answers
            self._desktop.terminate()
        self._office.wait(30)

    def choose(self, command: str, **values: Any) -> None:
        """A command of the menus, by the name that LibreOffice knows it under."""
        self._menus.executeDispatch(self._controller.Frame, f".uno:{command}", "", 0, given(**values))

    def replace_throughout(self, words: str, others: str) -> None:
        """Find & Replace, with Replace All."""
        replacing = self._file.createReplaceDescriptor()
        replacing.SearchString, replacing.ReplaceString = words, others
        if not self._file.replaceAll(replacing):
            sys.exit(f"{words!r} is nowhere in the file")

    def _found(self, words: str) -> Any:
        search = self._file.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = words, True
        found = self._file.findFirst(search)
        if found is None:
            sys.exit(f"{words!r} is nowhere in the file")
        return found

    def click(self, words: str) -> None:
        """Puts the cursor before words."""
        self._controller.ViewCursor.gotoRange(self._found(words).Start, False)

    def click_in_cell(self, cell: str) -> None:
        """Puts the cursor into a cell of the table that it stands in: `B3` is the second of the third row."""
        table = self._controller.ViewCursor.TextTable
        self._controller.ViewCursor.gotoRange(table.getCellByName(cell).Start, False)

    def write(self, words: str) -> None:
        """Types words where the cursor is; `\\n` is Enter."""
        for number, line in enumerate(words.split("\n")):
            if number:
                self.choose("InsertPara")
            self.choose("InsertText", Text=line)

    def type_over(self, words: str, others: str) -> None:
        """Marks words and types others."""
        self._controller.select(self._found(words))
        self.write(others)
        self._controller.ViewCursor.jumpToFirstPage()  # out of a header

    def insert_column_before(self) -> None:
        self.choose("InsertColumnsBefore")

    def delete_column(self) -> None:
        self.choose("DeleteColumns")

    def track_changes(self) -> None:
        self._file.RecordChanges = True

    def change_style(self, name: str, size: float, colour: int) -> None:
        """Edits a paragraph style: its size in points, and its colour."""
        style = self._file.StyleFamilies.getByName("ParagraphStyles").getByName(name)
        style.CharHeight, style.CharColor = size, colour

    def put_logo(self, picture: str, words: str, height: int) -> None:
        """Puts a picture before the first words of the header, with its alternative text; its height in millimetres."""
        logo = self._file.createInstance("com.sun.star.text.TextGraphicObject")
        provider = self._services.createInstance("com.sun.star.graphic.GraphicProvider")
        logo.Graphic = provider.queryGraphic(given(URL=Path(picture).as_uri()))
        logo.AnchorType = uno.Enum("com.sun.star.text.TextContentAnchorType", "AS_CHARACTER")
        logo.Width, logo.Height = height * 300, height * 100
        logo.Title, logo.Description = words, words
        header = self._file.StyleFamilies.getByName("PageStyles")
        page = header.getByName(self._controller.ViewCursor.PageStyleName)
        page.HeaderText.insertTextContent(page.HeaderText.Start, logo, False)


def main() -> None:
    desk = Desk(sys.argv[1], sys.argv[2])
    try:
        for path, steps in json.load(sys.stdin):
            desk.work(path, steps)
    finally:
        desk.leave()


main()
