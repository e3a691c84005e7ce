"""The losses of the statement's example, down to the first one below a tolerance of 0.01."""

from __future__ import annotations

from matplotlib.figure import Figure

from pictures.style import BLUE, GREEN, MUTED, chart

TOLERANCE = 0.01
LOSSES = [10 / 4**step for step in range(6)]


def pictures() -> dict[str, Figure]:
    """losses.svg."""
    figure, axes = chart(height=300)
    axes.set_yscale("log")
    axes.grid(axis="y")
    axes.axhline(TOLERANCE, color=MUTED, linestyle=(0, (5, 4)), linewidth=1.6)
    axes.text(0, TOLERANCE * 1.25, "tol = 0.01", color=MUTED)
    axes.plot(range(len(LOSSES)), LOSSES, color=BLUE, marker="o")
    axes.plot(len(LOSSES) - 1, LOSSES[-1], color=GREEN, marker="o", markersize=10, linestyle="none")
    end = (len(LOSSES) - 1, LOSSES[-1])
    axes.annotate("stops here", end, (8, -22), textcoords="offset points", ha="right", color=GREEN)
    axes.set_yticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
    axes.minorticks_off()
    axes.set_ylim(0.004, 16)
    axes.set_xlabel("step k")
    axes.set_ylabel("losses[k]")
    return {"losses.svg": figure}
