"""Points of two classes in the plane, and a perceptron's boundary before and after its training, with its weights."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from pictures.style import BLUE, INK, LINE, MUTED, ORANGE, chart

PLUS = np.array([[2.0, 2.6], [3.0, 1.2], [1.2, 3.2], [3.4, 2.8], [2.4, 1.9], [3.2, 0.3]])
MINUS = np.array([[-2.1, 0.6], [-0.6, -1.6], [-2.7, -1.1], [0.9, -1.9], [-2.4, 1.6], [-0.9, -0.3]])
BEFORE = np.array([-1.0, 2.0])
LEFT, RIGHT, LOW, HIGH = -3.8, 4.8, -2.8, 3.8


def pictures() -> dict[str, Figure]:
    """boundary.svg."""
    figure, axes = chart(height=372)
    axes.set_aspect("equal")
    axes.grid(color=LINE)
    _boundary(axes, BEFORE, MUTED, (0, (5, 4)))
    after = _trained()
    _boundary(axes, after, INK, "-")
    axes.plot(PLUS[:, 0], PLUS[:, 1], "o", color=BLUE, markersize=9)
    axes.plot(MINUS[:, 0], MINUS[:, 1], "s", color=ORANGE, markersize=8)
    axes.text(4.1, 3.3, "y = +1", color=BLUE, ha="right")
    axes.text(-3.7, -2.4, "y = −1", color=ORANGE)
    axes.text(3.7, 1.3, "before", color=MUTED)
    axes.text(-1.75, 2.1, "after", color=INK)
    axes.set_xlim(LEFT, RIGHT)
    axes.set_ylim(LOW, HIGH)
    axes.set_xlabel("first feature")
    axes.set_ylabel("second feature")
    return {"boundary.svg": figure}


def _boundary(axes: Axes, w: NDArray[np.float64], colour: str, style: object) -> None:
    """The line w · x = 0, and the weights as an arrow to the side on which +1 is predicted."""
    along = np.array([-6.0, 6.0])
    axes.plot(along, -w[0] / w[1] * along, color=colour, linestyle=style)
    tip = 1.25 * w / np.linalg.norm(w)
    x, y = float(tip[0]), float(tip[1])
    axes.annotate("", (x, y), (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 1.6, "shrinkA": 0})
    axes.text(1.15 * x, 1.15 * y, "w", color=colour, ha="center", va="center")


def _trained() -> NDArray[np.float64]:
    w = BEFORE.copy()
    for _ in range(10):
        for x, y in [*((x, 1) for x in PLUS), *((x, -1) for x in MINUS)]:
            if (1 if w @ x >= 0 else -1) != y:
                w = w + y * x
    return w
