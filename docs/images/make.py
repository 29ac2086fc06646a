"""Makes detailed-update.png, the page that the README shows: `python -m docs.images.make`, in the checkout's folder.

It is the first page of the worked example's detailed update as LibreOffice shows it, signed for in a folder that is
thrown away, so that it carries no draft mark.
"""

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.publish.manifest import read_manifest
from svreport.workbook.content import Content, example
from svreport.workbook.writing import workbook_bytes
from tests.system import poppler
from tests.system.office import Office

PICTURE = Path(__file__).with_name("detailed-update.png")
DPI = 80


def main() -> None:
    """Builds the example twice, as the approvals name the code of what they approve, and takes the picture."""
    content = example("wiltshire-2024-12")
    with TemporaryDirectory() as folder:
        drafts = _build(Path(folder) / "draft", content, final=False)
        code = read_manifest(drafts).content_code
        signed = [
            {**row, "Name": row["Role"], "Date": date(2024, 12, 11), "Content code": code}
            for row in content["Sign-off"]
        ]
        finals = _build(Path(folder) / "final", {**content, "Sign-off": signed}, final=True)
        pdf = Office(Path(folder) / "office")(finals / "detailed-update.docx")
        first, *_ = poppler.pictures(pdf, Path(folder) / "pages", DPI)
        shutil.copyfile(first, PICTURE)


def _build(folder: Path, content: Content, *, final: bool) -> Path:
    folder.mkdir()
    workbook = folder / "wiltshire-2024-12.xlsx"
    workbook.write_bytes(workbook_bytes(content))
    options = BuildOptions(folder, "safety-valve", final=final)
    built = build_workbook(workbook, options, waiting=lambda folder: None)
    if built.refused:
        raise SystemExit("\n".join(map(str, built.refused)))
    return built.folder


if __name__ == "__main__":
    main()
