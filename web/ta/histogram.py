"""The distribution of scores as rectangles for an inline picture; style attributes are forbidden on these pages."""

from __future__ import annotations

from dataclasses import dataclass

from grader.services.item_scores import Distribution

WIDTH = 40
HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in the picture's own units, with its label below and its count above."""

    x: int
    y: float
    height: float
    count: int
    label: str
    says: str
    is_full: bool


def bars(spread: Distribution) -> list[Bar]:
    """A bar for each bin, the highest as high as the picture."""
    most = max((found.students for found in spread.bins), default=0) or 1
    drawn = []
    for at, found in enumerate(spread.bins):
        is_full = found.low >= 1
        height = round(HEIGHT * found.students / most, 1)
        drawn.append(
            Bar(
                x=at * WIDTH,
                y=HEIGHT - height,
                height=height,
                count=found.students,
                label="full" if is_full else f"{found.low * 100:.0f}",
                says="full marks" if is_full else f"{found.low * 100:.0f} to {found.high * 100:.0f} %",
                is_full=is_full,
            )
        )
    return drawn
