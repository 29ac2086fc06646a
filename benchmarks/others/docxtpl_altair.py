"""The return's three documents with docxtpl, charts with Altair and vl-convert: `docxtpl_altair.py WORKBOOK OUT`."""

import sys
from pathlib import Path

from reading import Workbook
from with_altair import draw_charts
from with_docxtpl import write_documents

if __name__ == "__main__":
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    workbook = Workbook(source)
    charts = draw_charts(workbook, out / "charts")
    write_documents(workbook, charts, out)
