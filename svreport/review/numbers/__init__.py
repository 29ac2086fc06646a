"""Every number of the narrative, and where in the workbook it comes from."""

from svreport.review.numbers.accounting import NumberUse, Status, account
from svreport.review.numbers.passages import Passage, passages_of

__all__ = ["NumberUse", "Passage", "Status", "account", "passages_of"]
