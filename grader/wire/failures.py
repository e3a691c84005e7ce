"""The three ways in which a message can be refused."""

from __future__ import annotations

from grader.errors import WireError


class Truncated(WireError):
    """The message ends before the value does."""


class OverBound(WireError):
    """The message is larger, deeper or more numerous than its reader allows."""


class Malformed(WireError):
    """Not the one way in which this value is written, or not a value that may be written at all."""
