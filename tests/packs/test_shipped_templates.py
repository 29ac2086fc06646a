"""What every template that comes with svreport is like, so that people can change a copy in Word or LibreOffice."""

from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from svreport.packs.loading import shipped_packs

WORD_FILES = [file for pack in shipped_packs() for file in pack.files if file.suffix == ".docx"]


@pytest.mark.parametrize(
    "template", WORD_FILES, ids=[f"{file.parent.name}-{file.stem}" for file in WORD_FILES]
)
def test_a_tags_own_row_has_a_cell_in_every_column(template: Path) -> None:
    """Where one cell went through the whole row, LibreOffice's Delete Columns would delete the table."""
    for table in Document(str(template)).tables:
        columns = len(table._tbl.tblGrid.gridCol_lst)
        for row in table._tbl.tr_lst:
            words = "".join(text.text or "" for text in row.iter(qn("w:t"))).strip()
            if words.startswith("{%tr "):
                assert [cell.grid_span for cell in row.tc_lst] == [1] * columns, words
