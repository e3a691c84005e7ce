"""The one clock of the grader; everything else asks here, so that tests can put another in its place."""

from __future__ import annotations

import time


def monotonic_s() -> float:
    """Seconds that never run backwards; only differences mean anything."""
    return time.monotonic()
