"""Reading a workbook loads none of the libraries that take long to load."""

import subprocess
import sys
from pathlib import Path

from svreport.workbook.writing import workbook_bytes
from tests.workbook.clean import clean_content


def test_reading_loads_neither_openpyxl_nor_pandas(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(workbook_bytes(clean_content()))
    program = (
        "import sys; from pathlib import Path; from svreport.workbook.reading import read_workbook; "
        f"assert read_workbook(Path({str(path)!r})).findings == (); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules} "
        "& {'openpyxl', 'pandas', 'lxml', 'docx', 'altair', 'vl_convert', 'jinja2'}))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
