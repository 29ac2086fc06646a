"""Changing a person's workbook in the XML of its parts."""
