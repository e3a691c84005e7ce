"""When something counts as handed in."""

from __future__ import annotations

import datetime as dt

from grader.clock import utc_now

# Enough for a notebook of 8 MB over a poor line. Without an end, a request begun before the deadline could be left
# open and be filled in a day later.
LONGEST_UPLOAD = dt.timedelta(minutes=1)


def counted_from(began_at: dt.datetime) -> dt.datetime:
    """The moment that counts for a request that began then and is complete now: its beginning, within reason."""
    return max(began_at, utc_now() - LONGEST_UPLOAD)
