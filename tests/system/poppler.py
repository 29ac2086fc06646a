"""What stands on the pages of a PDF, through poppler."""

from pathlib import Path

from tests.system.tools import output, program


def pages(pdf: Path) -> list[str]:
    """The text of each page, laid out as on the page."""
    *texts, rest = output(program("pdftotext"), "-layout", "-enc", "UTF-8", pdf, "-").split("\f")
    assert not rest, f"{pdf} has text after its last page: {rest!r}"
    return texts


def pictures(pdf: Path, folder: Path, dpi: int = 80) -> list[Path]:
    """Each page as a PNG file in `folder`, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    output(program("pdftoppm"), "-png", "-r", str(dpi), pdf, folder / pdf.stem)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))
