"""One workbook in, a council's Safety Valve return out, every figure traced to its cell."""

__version__ = "0.1.0"
