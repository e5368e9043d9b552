"""Tables with ruling lines: the grid of a page's lines, its cells (merged ones too), and what stands in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vectorstore.formats.glyphs import Glyph, Ruling

# Lines closer than this, in points, are one line (borders of neighbouring cells, double borders).
_NEAR = 3.2
# A border is there when lines cover this part of it.
_COVERED = 0.6
_MOST_LINES = 3_000
_MOST_CELLS = 10_000


@dataclass(frozen=True)
class GridCell:
    """A cell (or merged cells) of a table: rows and columns from 0, the last ones excluded, edges in points."""

    row: int
    column: int
    last_row: int
    last_column: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Grid:
    """A table's lines: `xs` from left to right, `ys` from top to bottom, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def left(self) -> float:
        """Left edge."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.xs[-1]

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.ys[-1]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands inside the table."""
        x, y = (glyph.left + glyph.right) / 2, glyph.baseline - 0.36 * glyph.size
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def grids_of(rulings: Sequence[Ruling]) -> list[Grid]:
    """The grids that ruling lines form, from top to bottom; a frame of one column or one cell is none."""
    if len(rulings) > _MOST_LINES:
        return []
    lines = _joined(rulings)
    grids = [grid for component in _components(lines) if (grid := _grid(component)) is not None]
    return sorted(_outermost(grids), key=lambda grid: (grid.top, grid.left))


def _joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines on one position that touch or overlap, as one line each."""
    joined: list[Ruling] = []
    for is_horizontal in (True, False):
        ordered = sorted(ruling for ruling in rulings if ruling.is_horizontal == is_horizontal)
        group: list[Ruling] = []
        for ruling in ordered:
            if group and ruling.position - group[0].position > _NEAR:
                joined.extend(_end_to_end(group))
                group = []
            group.append(ruling)
        joined.extend(_end_to_end(group))
    return joined


def _end_to_end(group: list[Ruling]) -> list[Ruling]:
    if not group:
        return []
    position = sum(ruling.position for ruling in group) / len(group)
    joined: list[Ruling] = []
    for ruling in sorted(group, key=lambda ruling: ruling.start):
        if joined and ruling.start <= joined[-1].end + _NEAR:
            last = joined[-1]
            joined[-1] = last._replace(end=max(last.end, ruling.end))
        else:
            joined.append(ruling._replace(position=position))
    return joined


def _components(lines: list[Ruling]) -> list[list[Ruling]]:
    """Lines that are connected by crossings."""
    parent = list(range(len(lines)))

    def root(position: int) -> int:
        while parent[position] != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    upright = [position for position, line in enumerate(lines) if not line.is_horizontal]
    for first, line in enumerate(lines):
        if not line.is_horizontal:
            continue
        for second in upright:
            other = lines[second]
            if (
                line.start - _NEAR <= other.position <= line.end + _NEAR
                and other.start - _NEAR <= line.position <= other.end + _NEAR
            ):
                parent[root(second)] = root(first)
    components: defaultdict[int, list[Ruling]] = defaultdict(list)
    for position, line in enumerate(lines):
        components[root(position)].append(line)
    return list(components.values())


def _grid(lines: list[Ruling]) -> Grid | None:
    across = [line for line in lines if line.is_horizontal]
    down = [line for line in lines if not line.is_horizontal]
    if len(across) < 2 or not down:
        return None
    # A table without borders at its sides (or at its top and bottom) ends where its lines end.
    xs = _positions([*(line.position for line in down), *_open_ends(across, down)])
    ys = _positions([*(line.position for line in across), *_open_ends(down, across)])
    if len(xs) < 3 or len(ys) < 3:
        return None
    cells = _cells(xs, ys, across, down)
    return Grid(tuple(xs), tuple(ys), tuple(cells)) if cells else None


def _open_ends(lines: list[Ruling], crossing: list[Ruling]) -> list[float]:
    start, end = min(line.start for line in lines), max(line.end for line in lines)
    first, last = min(line.position for line in crossing), max(line.position for line in crossing)
    # Lines that only stick out a little bound no cell.
    return [*([start] if first - start > 3 * _NEAR else []), *([end] if end - last > 3 * _NEAR else [])]


def _positions(values: Iterable[float]) -> list[float]:
    positions: list[float] = []
    for value in sorted(values):
        if not positions or value - positions[-1] > _NEAR:
            positions.append(value)
    return positions


def _cells(xs: list[float], ys: list[float], across: list[Ruling], down: list[Ruling]) -> list[GridCell]:
    """Cells of the grid; neighbours without a line between them are one."""
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns > _MOST_CELLS:
        return []
    # For every border inside the grid, whether a line is drawn on it.
    walls = [[_is_covered(down, xs[x], ys[y], ys[y + 1]) for x in range(columns)] for y in range(rows)]
    floors = [[_is_covered(across, ys[y], xs[x], xs[x + 1]) for x in range(columns)] for y in range(rows)]
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            last_column = column + 1
            while last_column < columns and not walls[row][last_column] and (row, last_column) not in taken:
                last_column += 1
            inside = range(column, last_column)
            last_row = row + 1
            while last_row < rows and not any(
                floors[last_row][x] or (x > column and walls[last_row][x]) for x in inside
            ):
                last_row += 1
            taken.update((y, x) for y in range(row, last_row) for x in inside)
            cells.append(
                GridCell(
                    row, column, last_row, last_column, xs[column], ys[row], xs[last_column], ys[last_row]
                )
            )
    return cells


def _is_covered(lines: Iterable[Ruling], position: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(end, line.end) - max(start, line.start))
        for line in lines
        if abs(line.position - position) <= _NEAR
    )
    return covered >= _COVERED * (end - start)


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Grids that stand inside no other one."""
    return [
        grid
        for grid in grids
        if not any(
            other is not grid
            and other.left <= grid.left
            and other.right >= grid.right
            and other.top <= grid.top
            and other.bottom >= grid.bottom
            for other in grids
        )
    ]
