"""Questions about tables, answered in code from the rows of the library's tables."""

from qa.tables.apart import rows_apart
from qa.tables.composer import looked_up, tabulated

__all__ = ["looked_up", "rows_apart", "tabulated"]
