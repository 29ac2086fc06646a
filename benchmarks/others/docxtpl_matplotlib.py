"""The return's three documents with docxtpl, its charts with matplotlib: `docxtpl_matplotlib.py WORKBOOK OUT`."""

import sys
from pathlib import Path

from reading import Workbook
from with_docxtpl import write_documents
from with_matplotlib import draw_charts

if __name__ == "__main__":
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    workbook = Workbook(source)
    charts = draw_charts(workbook, out / "charts")
    write_documents(workbook, charts, out)
