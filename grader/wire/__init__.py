"""What crosses between processes: a closed set of values, their bounded encoding, and frames. Standard library only."""

from __future__ import annotations

from grader.errors import WireError
from grader.wire.decode import decode
from grader.wire.encode import encode
from grader.wire.failures import Malformed, OverBound, Truncated
from grader.wire.frames import FrameCounter, FrameReader, pack, read_frame
from grader.wire.layout import WIRE_VERSION
from grader.wire.text import from_text, to_text
from grader.wire.values import DEFAULT_BOUNDS, ITEM_BYTES, Array, Bounds, Tagged, Value

__all__ = [
    "DEFAULT_BOUNDS",
    "ITEM_BYTES",
    "WIRE_VERSION",
    "Array",
    "Bounds",
    "FrameCounter",
    "FrameReader",
    "Malformed",
    "OverBound",
    "Tagged",
    "Truncated",
    "Value",
    "WireError",
    "decode",
    "encode",
    "from_text",
    "pack",
    "read_frame",
    "to_text",
]
