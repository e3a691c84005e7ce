"""The statement's example: with a patience of two, training stops before the lowest loss."""

from __future__ import annotations

from matplotlib.figure import Figure

from pictures.style import BLUE, GREEN, INK, LINE, MUTED, PALE, chart

LOSSES = [0.9, 0.7, 0.8, 0.75, 0.6, 0.65]
BEST, STOP = 1, 3


def pictures() -> dict[str, Figure]:
    """dev_loss.svg."""
    figure, axes = chart(height=300)
    axes.grid(axis="y")
    axes.axvspan(BEST + 0.5, STOP + 0.5, color=PALE, linewidth=0)
    axes.text((BEST + STOP + 1) / 2, 0.92, "patience = 2", ha="center", color=INK)
    axes.plot(range(STOP, len(LOSSES)), LOSSES[STOP:], color=MUTED, linestyle=(0, (4, 3)), marker="o", mfc=LINE)
    axes.plot(range(STOP + 1), LOSSES[: STOP + 1], color=BLUE, marker="o")
    axes.plot(BEST, LOSSES[BEST], "o", color=GREEN, markersize=11)
    axes.annotate("result", (BEST, LOSSES[BEST]), (0, -24), textcoords="offset points", ha="center", color=GREEN)
    axes.annotate("never seen", (4.5, 0.625), (0, 30), textcoords="offset points", ha="center", color=MUTED)
    axes.set_xticks(range(len(LOSSES)))
    axes.set_yticks([0.6, 0.7, 0.8, 0.9])
    axes.set_ylim(0.54, 0.97)
    axes.set_xlabel("epoch")
    axes.set_ylabel("dev loss")
    return {"dev_loss.svg": figure}
