"""The graph of the statement's example, a * b + a: four nodes, one of which two ways lead to."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pictures.style import INK, MUTED, ORANGE, PALE, SHADE, chart

ADD, MUL, TO_A, TO_B = (0.46, 0.86), (0.72, 0.52), (0.24, 0.16), (0.76, 0.16)


def pictures() -> dict[str, Figure]:
    """shared_node.svg."""
    figure, axes = chart(height=300)
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    _edge(axes, (0.51, 0.81), (0.68, 0.575))
    _edge(axes, (0.43, 0.81), (0.23, 0.215))
    _edge(axes, (0.65, 0.465), (0.31, 0.215))
    _edge(axes, (0.725, 0.465), (0.755, 0.215))
    _node(axes, ADD, "AddBackward0")
    _node(axes, MUL, "MulBackward0")
    _node(axes, TO_A, "AccumulateGrad", is_shared=True)
    _node(axes, TO_B, "AccumulateGrad")
    axes.text(0.0, ADD[1], "tensor.grad_fn", color=MUTED, va="center")
    axes.annotate("", (0.325, ADD[1]), (0.245, ADD[1]), arrowprops={"arrowstyle": "-|>", "color": MUTED})
    axes.text(TO_A[0], 0.0, "of a, reached in two ways", color=ORANGE, ha="center")
    axes.text(TO_B[0], 0.0, "of b", color=MUTED, ha="center")
    return {"shared_node.svg": figure}


def _node(axes: Axes, at: tuple[float, float], name: str, *, is_shared: bool = False) -> None:
    box = {
        "boxstyle": "round,pad=0.45",
        "facecolor": PALE if is_shared else SHADE,
        "edgecolor": ORANGE if is_shared else MUTED,
        "linewidth": 1.6 if is_shared else 1,
    }
    axes.text(*at, name, color=INK, ha="center", va="center", bbox=box)


def _edge(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    arrow = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
    axes.annotate("", end, start, arrowprops=arrow)
