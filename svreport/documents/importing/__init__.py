"""From a Word form that was read to the rows of a workbook."""
