"""Guessing the word a person meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# A longer list than this helps nobody who reads it in a terminal.
MANY = 20


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A clause to put behind a message: the nearest known word, else all of them; empty when nothing is known."""
    names = [str(name) for name in known]
    close = get_close_matches(word, names, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known: {', '.join(names)}" if 0 < len(names) <= MANY else ""
