"""Moments as people read them: in their own time zone, and how far away."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_STEPS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


@lru_cache(maxsize=64)
def zone(name: str) -> dt.tzinfo:
    """The time zone of that IANA name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def full(at: dt.datetime, in_zone: dt.tzinfo) -> str:
    """Such as "Fri 27 Nov 2026, 23:59 GMT"."""
    there = at.astimezone(in_zone)
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M} {there.tzname()}"


def relative(at: dt.datetime, now: dt.datetime) -> str:
    """Such as "in 3 days", "2 hours ago" or "just now"; rounded down, so that it never promises more time."""
    away_s = (at - now).total_seconds()
    for unit, length_s in _STEPS:
        count = int(abs(away_s) // length_s)
        if count:
            words = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"in {words}" if away_s > 0 else f"{words} ago"
    return "in less than a minute" if away_s > 0 else "just now"
