"""An entity between its neighbours as a small drawing: where boxes, texts and lines lie.

Parents stand above, children below. A line leaves a box on its left, runs beside the boxes to the
space before the entity, and enters it in the middle, so that no line crosses a box.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from thesaurus.answers import ConceptItem

HEIGHT = 64
GAP = 24
_BETWEEN_ROWS = 14
_SPACE = 34
_EDGE = 2
_PER_CHARACTER = 8
"""Pixels that a character of the labels takes at most, on the average of a line."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of ``Drawing.box_width`` by ``HEIGHT``.

    Attributes:
        x, y: its upper left corner.
        item: the entity; None in a box that counts those for which there is no room.
        lines: its label, wrapped and cut.
        more: how many others there are.
    """

    x: int
    y: int
    item: ConceptItem | None
    lines: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing; lengths are pixels at the usual size of text.

    Attributes:
        lines: paths of SVG.
    """

    width: int
    height: int
    box_width: int
    entity: Box
    parents: tuple[Box, ...]
    children: tuple[Box, ...]
    lines: tuple[str, ...]


def draw(
    entity: ConceptItem,
    parents: Sequence[ConceptItem],
    children: Sequence[ConceptItem],
    *,
    children_count: int,
    across: int,
    most: int,
    box_width: int,
) -> Drawing:
    """Lay out an entity and its neighbours.

    Args:
        children: the first ones.
        children_count: how many children there are.
        across: boxes side by side.
        most: boxes for the parents, and for the children; the last one counts what is left out.
    """
    grid = _Grid(across, box_width)
    above = grid.boxes(_cells(parents, len(parents), most), top=_EDGE)
    top = _below(above, _EDGE)
    middle = _box((grid.width - box_width + GAP) // 2, top, entity, box_width)
    below = grid.boxes(_cells(children, children_count, most), top=top + HEIGHT + _SPACE)
    centre = middle.x + box_width // 2
    lines = [
        *(_line(box, top - _SPACE // 2, centre, top) for box in above),
        *(_line(box, top + HEIGHT + _SPACE // 2, centre, top + HEIGHT) for box in below),
    ]
    bottom = max(each.y for each in (middle, *below)) + HEIGHT + _EDGE
    return Drawing(grid.width, bottom, box_width, middle, above, below, tuple(lines))


Cell = ConceptItem | int
"""An entity, or how many are left out."""


def _cells(items: Sequence[ConceptItem], count: int, most: int) -> list[Cell]:
    if count <= most:
        return list(items)
    shown = items[: most - 1]
    return [*shown, count - len(shown)]


@dataclass(frozen=True, slots=True)
class _Grid:
    across: int
    box_width: int

    @property
    def width(self) -> int:
        return self.across * (self.box_width + GAP) + _EDGE

    def boxes(self, cells: Sequence[Cell], top: int) -> tuple[Box, ...]:
        """Place cells in rows. Those of a single row stand in the middle; in several rows they keep
        to the columns, between which the lines run.
        """
        step = self.box_width + GAP
        empty = max(self.across - len(cells), 0)
        return tuple(
            _box(
                GAP + (number % self.across) * step + empty * step // 2,
                top + (number // self.across) * (HEIGHT + _BETWEEN_ROWS),
                cell,
                self.box_width,
            )
            for number, cell in enumerate(cells)
        )


def _box(x: int, y: int, cell: Cell, box_width: int) -> Box:
    if isinstance(cell, int):
        return Box(x, y, None, more=cell)
    return Box(x, y, cell, _wrapped(cell, box_width))


def _wrapped(item: ConceptItem, box_width: int) -> tuple[str, ...]:
    """The label on two lines; a long one is cut.

    ``textwrap`` leaves words apart that end with a hyphen, as names of diseases do.
    """
    width = (box_width - 2 * 8) // _PER_CHARACTER
    return tuple(textwrap.wrap(item.label, width, max_lines=2, placeholder="…"))


def _below(boxes: Sequence[Box], top: int) -> int:
    """Where the entity starts."""
    return max((each.y + HEIGHT + _SPACE for each in boxes), default=top)


def _line(box: Box, rail: int, centre: int, end: int) -> str:
    return f"M{box.x} {box.y + HEIGHT // 2}H{box.x - GAP // 2}V{rail}H{centre}V{end}"
