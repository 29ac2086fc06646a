"""The workbook: its sheets, how they are read and how they are written."""
