"""Reports as rows keep them: JSON that whoever comes after can read without this program."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from grader.pipeline.order import RunReport


def encoded(report: RunReport) -> bytes:
    """The report as bytes. JSON knows no NaN and no infinity: they are written as the words nan, inf and -inf."""
    return msgspec.json.encode(_storable(msgspec.to_builtins(report)))


def decoded(kept: bytes) -> RunReport:
    """The report again; where a number is wanted, its words are numbers again."""
    return msgspec.json.decode(kept, type=RunReport, strict=False)


def _storable(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")  # without lone surrogates, which no encoding has
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value
