"""What all pictures share: colours with a twin for dark pages, sizes that a phone can show, and a frame for a chart."""

from __future__ import annotations

from typing import Any

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

GROUND, INK, MUTED, LINE = "#ffffff", "#1d1f23", "#5d626b", "#dcdcd7"
BLUE, ORANGE, GREEN = "#2450b5", "#b3480f", "#15703c"
SHADE, PALE = "#e9eefa", "#fbf0d9"
# From low to high, for areas between contour lines.
BANDS = ("#f4f7fd", "#e6edfa", "#d6e1f6", "#c3d3f1", "#adc2ea", "#94afe2", "#7a9ad8", "#5f84cc")
DARK = {
    GROUND: "#1a1d21",
    INK: "#e6e7e9",
    MUTED: "#a2a8b1",
    LINE: "#363b42",
    BLUE: "#8fb3ff",
    ORANGE: "#f2a56b",
    GREEN: "#74d39a",
    SHADE: "#222c42",
    PALE: "#38301c",
    **dict(
        zip(
            BANDS,
            ("#1d2229", "#1f2733", "#222d3f", "#26344c", "#2b3d5c", "#31486e", "#395583", "#43649a"),
            strict=True,
        )
    ),
}

WIDTH = 460  # as many units of text as a phone's 330 pixels can hold and still be read
SETTINGS: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 14,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 1,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlesize": 14,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.facecolor": GROUND,
    "axes.unicode_minus": True,
    "figure.facecolor": GROUND,
    "figure.dpi": 72,
    "figure.constrained_layout.w_pad": 0.17,  # inches, of 72 pixels
    "figure.constrained_layout.h_pad": 0.15,
    "grid.color": LINE,
    "grid.linewidth": 1,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 13,
    "ytick.labelsize": 13,
    "svg.fonttype": "none",
    "svg.hashsalt": "grader",
}
# Once for the process: a picture's program runs in one of its own, or beside others of these.
plt.switch_backend("svg")
plt.rcParams.update(SETTINGS)


def panels(*, height: int, rows: int = 1) -> tuple[Figure, list[Axes]]:
    """A figure of the usual width with charts below one another; `height` is in pixels."""
    figure, axes = plt.subplots(
        rows, 1, figsize=(WIDTH / 72, height / 72), layout="constrained", squeeze=False, sharex=rows > 1
    )
    return figure, [row[0] for row in axes]


def chart(*, height: int = 300) -> tuple[Figure, Axes]:
    """A figure with one chart."""
    figure, (axes,) = panels(height=height)
    return figure, axes
