"""Training and development loss of two runs, one below the other: smooth curves with a little noise drawn once."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from pictures.style import BLUE, ORANGE, panels

EPOCHS = np.arange(1, 41)


def pictures() -> dict[str, Figure]:
    """two_runs.svg."""
    draws = np.random.default_rng(8)
    falling = 0.06 + 1.15 * np.exp(-EPOCHS / 7)
    rising = 0.42 + 0.95 * np.exp(-EPOCHS / 4) + 0.016 * np.maximum(EPOCHS - 9, 0)
    figure, (first, second) = panels(height=430, rows=2)
    _run(first, "Run A", _noisy(falling, 0.008, draws), _noisy(rising, 0.014, draws))
    high = 0.86 + 0.42 * np.exp(-EPOCHS / 2.5)
    _run(second, "Run B", _noisy(high, 0.008, draws), _noisy(high + 0.055, 0.011, draws))
    second.set_xlabel("epoch")
    return {"two_runs.svg": figure}


def _noisy(curve: NDArray[np.float64], size: float, draws: np.random.Generator) -> NDArray[np.float64]:
    return curve + size * draws.standard_normal(len(curve))


def _run(axes: Axes, name: str, train: NDArray[np.float64], dev: NDArray[np.float64]) -> None:
    axes.set_title(name, fontweight="bold")
    axes.grid(axis="y")
    axes.plot(EPOCHS, train, color=BLUE)
    axes.plot(EPOCHS, dev, color=ORANGE, linestyle=(0, (4, 1.4)))
    axes.set_ylim(0, 1.45)
    axes.set_xlim(0, 48)
    axes.set_xticks([0, 10, 20, 30, 40])
    axes.set_yticks([0, 0.5, 1])
    axes.set_ylabel("loss")
    apart = 0.0 if abs(dev[-1] - train[-1]) > 0.3 else 0.07
    axes.text(41, train[-1] - apart, "train", color=BLUE, va="center")
    axes.text(41, dev[-1] + apart, "dev", color=ORANGE, va="center")
