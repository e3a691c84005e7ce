"""Where the errors of a vector or matrix stand, as a heat map: inline SVG, coloured by the classes of result.css."""

from __future__ import annotations

import math
from typing import Any

from markupsafe import Markup

from web.student.svg_text import tick

_SHADES = 5
_MOST_TITLED = 300  # cells that say their error on hovering


def grid_svg(grid: dict[str, Any]) -> Markup:
    """A heat map of the errors of a vector or matrix."""
    errors, wrong = grid["errors"], grid["wrong"]
    rows, columns = len(errors), max((len(row) for row in errors), default=0)
    if not rows or not columns:
        return Markup("")
    side = max(8, min(34, 400 // columns))
    left, top = 34, 22
    largest = max((error for row in errors for error in row if error is not None), default=0.0)
    titled = rows * columns <= _MOST_TITLED
    cells: list[Markup] = []
    for y, row in enumerate(errors):
        shades = [_shade(error, bool(flag), largest) for error, flag in zip(row, wrong[y], strict=True)]
        for x, length in _runs(shades, together=not titled):
            title = Markup("<title>{}</title>").format(_cell_title(grid, y, x, row[x])) if titled else Markup("")
            cells.append(
                Markup('<rect class="cell {}" x="{}" y="{}" width="{}" height="{}">{}</rect>').format(
                    shades[x], left + x * side, top + y * side, length * side - 1, side - 1, title
                )
            )
            if row[x] is None and length == 1 and side >= 14:
                cells.append(_cross(left + x * side, top + y * side, side - 1))
    width, height = left + columns * side + 4, top + rows * side + 4
    ticks = [
        *(tick(left + x * side + side / 2, top - 7, _index(grid, x, -1), "middle") for x in _ticked(columns)),
        *(
            tick(left - 7, top + y * side + side / 2 + 4, _index(grid, y, 0), "end")
            for y in _ticked(rows)
            if _is_2d(grid)
        ),
    ]
    return Markup(
        '<svg class="error-map" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        "{cells}</svg>"
    ).format(w=width, h=height, label=grid_summary(grid), cells=Markup("").join([*cells, *ticks]))


def grid_summary(grid: dict[str, Any]) -> str:
    """The same in a sentence."""
    wrong = sum(bool(flag) for row in grid["wrong"] for flag in row)
    count = sum(len(row) for row in grid["wrong"])
    shape = " × ".join(str(length) for length in grid["shape"])
    unit = "entries" if all(step == 1 for step in grid["steps"]) else "cells, each for several entries,"
    return f"{wrong} of {count} {unit} of {grid['where']} ({shape}) are wrong."


def grid_scale(grid: dict[str, Any]) -> list[tuple[list[str], str]]:
    """What the shades of the heat map stand for, in words; the lightest of each first."""
    finite = [error for row in grid["errors"] for error in row if error is not None]
    largest = max(finite, default=0.0)
    scale = [(["right"], "right")]
    if largest > 0:
        scale.append(([f"shade-{at}" for at in range(_SHADES)], f"off, by up to {largest:.3g}"))
    if len(finite) < sum(len(row) for row in grid["errors"]):
        scale.append((["not-finite"], "NaN or infinite"))
    return scale


def _runs(shades: list[str], *, together: bool) -> list[tuple[int, int]]:
    """(start, length) of cells that are drawn as one: neighbours of one shade, where there are too many for titles."""
    if not together:
        return [(x, 1) for x in range(len(shades))]
    starts = [x for x, shade in enumerate(shades) if x == 0 or shade != shades[x - 1]]
    return [(start, end - start) for start, end in zip(starts, [*starts[1:], len(shades)], strict=True)]


def _ticked(count: int) -> list[int]:
    """Which rows or columns have their number beside them."""
    return list(range(0, count, max(1, -(-count // 8))))


def _is_2d(grid: dict[str, Any]) -> bool:
    return len(grid["shape"]) == 2


def _index(grid: dict[str, Any], cell: int, axis: int) -> str:
    return str(cell * grid["steps"][axis])


def _cell_title(grid: dict[str, Any], y: int, x: int, error: float | None) -> str:
    place_ = f"[{_index(grid, y, 0)}, {_index(grid, x, -1)}]" if _is_2d(grid) else f"[{_index(grid, x, -1)}]"
    if error is None:
        return f"{place_}: NaN or infinite"
    return f"{place_}: off by {error:.3g}" if error else f"{place_}: right"


def _shade(error: float | None, is_wrong: bool, largest: float) -> str:
    if error is None:
        return "not-finite"
    if not is_wrong:
        return "right"
    return f"shade-{min(_SHADES - 1, max(0, math.ceil(error / largest * _SHADES) - 1))}" if largest else "shade-0"


def _cross(x: float, y: float, side: float) -> Markup:
    return Markup('<path class="cross" d="M{} {}l{} {}m0 -{}l-{} {}"/>').format(
        x + side * 0.3, y + side * 0.3, side * 0.4, side * 0.4, side * 0.4, side * 0.4, side * 0.4
    )
