"""The bowl of the statement's example as areas of equal loss, with the six points of its grid and their losses."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from pictures.style import BANDS, INK, MUTED, ORANGE, chart

X = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0]])
TARGETS = np.array([1.0, 2.0, 3.0, 2.0])
W1S, W2S = (0.0, 1.0), (0.0, 1.0, 2.0)
LEVELS = [0, 0.25, 0.75, 1.5, 2.5, 3.75, 5.25, 7, 20]


def pictures() -> dict[str, Figure]:
    """surface.svg."""
    w1, w2 = np.linspace(-0.6, 2.4, 61), np.linspace(-0.5, 3.5, 61)
    height = ((w1[:, None, None] * X[:, 0] + w2[None, :, None] * X[:, 1] - TARGETS) ** 2).mean(-1)
    figure, axes = chart(height=390)
    axes.contourf(w1, w2, height.T, levels=LEVELS, colors=BANDS)
    axes.contour(w1, w2, height.T, levels=LEVELS[1:-1], colors=MUTED, linewidths=0.8)
    for a in W1S:
        for b in W2S:
            loss = ((X @ np.array([a, b]) - TARGETS) ** 2).mean()
            axes.plot(a, b, "o", color=ORANGE if loss == 0 else INK, markersize=10 if loss == 0 else 7)
            axes.annotate(f"{loss:g}", (a, b), (9, 5), textcoords="offset points", color=INK, fontweight="bold")
    axes.set_xticks([0, 1, 2])
    axes.set_yticks([0, 1, 2, 3])
    axes.set_xlabel("w₁")
    axes.set_ylabel("w₂", rotation=0, labelpad=12)
    return {"surface.svg": figure}
