"""How a page must be turned to be read, and where its points come to stand."""

from __future__ import annotations

from typing import NamedTuple


class Direction(NamedTuple):
    """How a page must be turned for its text to run from left to right: by `quarter` quarter turns.

    `left`, `bottom`, `right`, `top` are the page's box in the PDF's own coordinates.
    """

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        """(width, height) as read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (width, height) if self.quarter % 2 == 0 else (height, width)

    def read(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF's coordinates as the page is read."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def written(self, x: float, y: float) -> tuple[float, float]:
        """The inverse of `read`."""
        if self.quarter == 0:
            return x + self.left, self.top - y
        if self.quarter == 1:
            return y + self.left, x + self.bottom
        if self.quarter == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x
