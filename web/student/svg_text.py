"""Text in a picture."""

from __future__ import annotations

from markupsafe import Markup


def tick(x: float, y: float, text: str, anchor: str) -> Markup:
    """A small label beside an axis; `anchor` is start, middle or end."""
    return Markup('<text class="tick" x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)
