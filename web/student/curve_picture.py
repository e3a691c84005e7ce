"""A trace beside the reference's as a line chart: inline SVG, coloured by the classes of result.css."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from web.student.svg_text import tick

_WIDTH, _HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 12, 42
_MOST_MARKED = 40  # points of a curve that each get a mark


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
        parts.append(tick(_LEFT - 7, y + 4, f"{value:.3g}", "end"))
    numbered = sorted({round(share * (steps - 1)) for share in (0, 0.25, 0.5, 0.75, 1)})
    parts += [tick(_x(at, steps), _HEIGHT - _BOTTOM + 17, str(at), "middle") for at in numbered]
    bottom = _HEIGHT - _BOTTOM
    parts.append(Markup('<path class="axis" d="M{} {}V{}H{}"/>').format(_LEFT, _TOP, bottom, _WIDTH - _RIGHT))
    parts.append(tick((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, "step", "middle"))
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
