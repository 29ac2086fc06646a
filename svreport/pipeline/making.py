"""Make a workbook: an empty one to fill in, or the worked example."""

from contextlib import suppress
from pathlib import Path

from svreport.errors import CallFault, OutputInUse
from svreport.model.period import read_financial_year

EXAMPLE = "wiltshire-2024-12"


def make_workbook(path: Path, *, authority: str | None, year: str | None, example: bool) -> None:
    """Writes a new workbook; raises `CallFault` where the file exists, or for a name or year that cannot be."""
    from svreport.workbook.content import blank
    from svreport.workbook.content import example as worked_example
    from svreport.workbook.writing import workbook_bytes

    if path.suffix.lower() != ".xlsx":
        raise CallFault(
            f"{path} does not end in .xlsx: a new workbook is an Excel file, so give its name that ending."
        )
    if example and (authority or year):
        raise CallFault(
            "The worked example has its own authority and year: leave out --authority and --year."
        )
    financial_year = read_financial_year(year) if year else None
    if year and financial_year is None:
        raise CallFault(f"{year} is no financial year: write it like 2026-27.")
    content = worked_example(EXAMPLE) if example else blank(authority or "", financial_year)
    write_new(path, workbook_bytes(content))


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that must not be there yet; one that could not be written whole is taken away again."""
    made = False
    try:
        with path.open("xb") as file:
            made = True
            file.write(data)
    except FileExistsError:
        raise CallFault(
            f"{path} exists already, and is left as it is: give another name, or move it away."
        ) from None
    except FileNotFoundError:
        raise CallFault(f"The folder {path.parent} does not exist: make it first, or give another.") from None
    except OSError as error:
        if made:
            with suppress(OSError):
                path.unlink()
        raise OutputInUse(f"{path} cannot be written ({error.strerror or error}).") from error
