"""Questions about a table as a whole, answered in code from the rows of the library's tables."""

from qa.tables.composer import tabulated

__all__ = ["tabulated"]
