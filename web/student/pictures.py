"""Pictures of a result as inline SVG: a trace against the reference's, where errors stand, the graph of a result.

Colours come from result.css by class. Texts are a submission's or a question's, so everything is escaped by Markup.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from web.student.layers import Placed, place

_WIDTH, _HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 12, 42
_MOST_MARKED = 40  # points of a curve that each get a mark
_SHADES = 5
_MOST_TITLED = 300  # cells that say their error on hovering


def curve_svg(curve: dict[str, list[float]]) -> Markup:
    """The student's trace and the reference's, over the steps; empty when there is nothing to draw."""
    series = {name: [_number(value) for value in curve.get(name, [])] for name in ("expected", "given")}
    seen = [value for values in series.values() for value in values if value is not None]
    steps = max((len(values) for values in series.values()), default=0)
    if steps < 2 or not seen:
        return Markup("")
    scale = _Scale(min(seen), max(seen))
    parts = [_axes(scale, steps)]
    for name in ("expected", "given"):
        points = [None if value is None else (_x(at, steps), scale.y(value)) for at, value in enumerate(series[name])]
        parts.append(_line(points, name, marked=steps <= _MOST_MARKED))
    label = f"Line chart over {steps} steps: your values beside the reference's. {_furthest(series)}".strip()
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, _HEIGHT, label, Markup("").join(parts)
    )


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
        *(_tick(left + x * side + side / 2, top - 7, _index(grid, x, -1), "middle") for x in _ticked(columns)),
        *(
            _tick(left - 7, top + y * side + side / 2 + 4, _index(grid, y, 0), "end")
            for y in _ticked(rows)
            if _is_2d(grid)
        ),
    ]
    return Markup(
        '<svg class="error-map" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        "{cells}</svg>"
    ).format(w=width, h=height, label=grid_summary(grid), cells=Markup("").join([*cells, *ticks]))


def _runs(shades: list[str], *, together: bool) -> list[tuple[int, int]]:
    """(start, length) of cells that are drawn as one: neighbours of one shade, where there are too many for titles."""
    if not together:
        return [(x, 1) for x in range(len(shades))]
    starts = [x for x, shade in enumerate(shades) if x == 0 or shade != shades[x - 1]]
    return [(start, end - start) for start, end in zip(starts, [*starts[1:], len(shades)], strict=True)]


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


def graph_svg(graph: dict[str, Any]) -> Markup:
    """The autograd graph: inputs above, the result below; what nothing leads to is drawn apart."""
    nodes = [
        (node["kind"], _operation(node["label"]) if node["kind"] == "operation" else node["label"])
        for node in graph["nodes"]
    ]
    if not nodes:
        return Markup("")
    placed = place(nodes, [(int(start), int(end)) for start, end in graph["edges"]])
    reached = {int(end) for _, end in graph["edges"]}
    boxes = [*placed.boxes, *placed.ways]
    parts = [
        Markup('<path class="edge" d="M{} {}C{} {} {} {} {} {}"/>').format(*_edge(boxes[end], boxes[start]))
        for start, end in placed.edges
    ]
    parts += [
        Markup('<path class="edge" d="M{} {}v{}"/>').format(round(way.x + way.width / 2, 1), way.y, way.height)
        for way in placed.ways
    ]
    for at, (kind, label) in enumerate(nodes):
        box = placed.boxes[at]
        alone = " alone" if kind == "input" and at not in reached else ""
        parts.append(
            Markup(
                '<g class="node {}{}"><rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>'
                '<text x="{}" y="{}">{}</text></g>'
            ).format(
                kind,
                alone,
                box.x,
                box.y,
                box.width,
                box.height,
                6 if kind == "operation" else 14,
                box.x + box.width / 2,
                box.y + box.height / 2 + 4.5,
                label,
            )
        )
    return Markup(
        '<svg class="graph" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        "{parts}</svg>"
    ).format(w=placed.width, h=placed.height, label=graph_summary(graph), parts=Markup("").join(parts))


def graph_summary(graph: dict[str, Any]) -> str:
    """The same in a sentence or two."""
    nodes = graph["nodes"]
    reached = {int(end) for _, end in graph["edges"]}
    operations = sum(node["kind"] == "operation" for node in nodes)
    inputs = [(at in reached, node["label"]) for at, node in enumerate(nodes) if node["kind"] == "input"]
    linked = ", ".join(label for is_reached, label in inputs if is_reached)
    alone = ", ".join(label for is_reached, label in inputs if not is_reached)
    said = ""
    if operations or linked:
        counted = f"{operations} operation{'' if operations == 1 else 's'}"
        said = f"{counted} between the result and {linked or 'its leaves'}. "
    if alone:
        said += f"Nothing connects the result with {alone}: no gradient can flow there."
    if graph["cut"]:
        said += " The graph is larger than what is drawn."
    return said.strip()


class _Scale:
    """From values to heights, in powers of ten where they span many."""

    def __init__(self, low: float, high: float) -> None:
        self.is_log = low > 0 and high / low > 500
        if self.is_log:
            self.ticks = [
                10.0**power for power in _thinned(range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1))
            ]
        else:
            self.ticks = _round_ticks(low, high)
        ends = [self._place(value) for value in (low, high, self.ticks[0], self.ticks[-1])]
        self._low, self._high = min(ends), max(ends)

    def y(self, value: float) -> float:
        share = (self._place(value) - self._low) / ((self._high - self._low) or 1.0)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    def _place(self, value: float) -> float:
        return math.log10(value) if self.is_log else value


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _x(at: int, steps: int) -> float:
    return round(_LEFT + at / (steps - 1) * (_WIDTH - _LEFT - _RIGHT), 1)


def _round_ticks(low: float, high: float) -> list[float]:
    """Four to seven round numbers around the values."""
    span = (high - low) or abs(high) or 1.0
    size = 10 ** math.floor(math.log10(span / 4))
    step = next((size * by for by in (1, 2, 2.5, 5, 10) if span / (size * by) <= 5), size * 10)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return [at * step for at in range(first, last + 1)]


def _thinned(powers: Sequence[int]) -> Sequence[int]:
    if len(powers) < 2:
        return [powers[0], powers[0] + 1]
    kept = powers[:: max(1, len(powers) // 6)]
    return kept if kept[-1] == powers[-1] else [*kept, powers[-1]]


def _axes(scale: _Scale, steps: int) -> Markup:
    parts: list[Markup] = []
    for value in scale.ticks:
        y = scale.y(value)
        parts.append(Markup('<path class="rule" d="M{} {}H{}"/>').format(_LEFT, y, _WIDTH - _RIGHT))
        parts.append(_tick(_LEFT - 7, y + 4, f"{value:.3g}", "end"))
    numbered = sorted({round(share * (steps - 1)) for share in (0, 0.25, 0.5, 0.75, 1)})
    parts += [_tick(_x(at, steps), _HEIGHT - _BOTTOM + 17, str(at), "middle") for at in numbered]
    bottom = _HEIGHT - _BOTTOM
    parts.append(Markup('<path class="axis" d="M{} {}V{}H{}"/>').format(_LEFT, _TOP, bottom, _WIDTH - _RIGHT))
    parts.append(_tick((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, "step", "middle"))
    return Markup("").join(parts)


def _line(points: list[tuple[float, float] | None], name: str, *, marked: bool) -> Markup:
    path, pen_down = "", False
    for point in points:
        if point is not None:
            path += f"{'L' if pen_down else 'M'}{point[0]} {point[1]}"
        pen_down = point is not None
    parts = [Markup('<path class="line {}" d="{}"/>').format(name, path)]
    if marked:
        mark = Markup('<rect class="mark expected" x="{}" y="{}" width="7" height="7"/>')
        dot = Markup('<circle class="mark given" cx="{}" cy="{}" r="3"/>')
        for x, y in (point for point in points if point is not None):
            parts.append(dot.format(x, y) if name == "given" else mark.format(round(x - 3.5, 1), round(y - 3.5, 1)))
    return Markup("").join(parts)


def _furthest(series: dict[str, list[float | None]]) -> str:
    pairs = [
        (abs(given - expected), at)
        for at, (expected, given) in enumerate(zip(series["expected"], series["given"], strict=False))
        if given is not None and expected is not None
    ]
    return f"They differ most at step {max(pairs)[1]}." if pairs else ""


def _tick(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text class="tick" x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


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


def _operation(label: str) -> str:
    """torch's name of a backward function as the operation that it undoes: MulBackward0 → Mul."""
    name, found, version = label.rpartition("Backward")
    return name if found and (not version or version.isdecimal()) and name else label


def _edge(above: Placed, below: Placed) -> tuple[float, ...]:
    x1, y1 = above.x + above.width / 2, above.y + above.height
    x2, y2 = below.x + below.width / 2, below.y
    bend = (y2 - y1) / 2
    return (round(x1, 1), y1, round(x1, 1), y1 + bend, round(x2, 1), y2 - bend, round(x2, 1), y2)
