"""Reads what the student's process sent. Bytes of a hostile process: whatever is not as agreed is a WireError."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from grader.errors import WireError
from grader.wire import ITEM_BYTES, Array, Bounds, Tagged, Value, decode
from grader.wire.values import MAX_EXTENT

# An answer to a call that claims to come from loading would pass for a file that never met an input.
STAGES_OF_CALLS = frozenset({"step", "observe"})
STAGES = STAGES_OF_CALLS | {"compile", "import", "entry"}
MOST_FRAMES = 20
MOST_LINES = 10**6
_DEVICE = re.compile(r"(cpu|cuda|meta)(:\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of the submission in a traceback."""

    line: int | None
    function: str
    source: str

    def as_dict(self) -> dict[str, Any]:
        """As the report holds it."""
        return {"line": self.line, "function": self.function, "source": self.source}


@dataclass(frozen=True, slots=True)
class Error:
    """An exception of the submission, as its process told it."""

    stage: str
    type: str
    message: str
    line: int | None
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a call: values, an exception, or the failure of our own harness."""

    observed: list[Value] | None = None
    error: Error | None = None
    fault: str | None = None


def read_loaded(payload: bytes, bounds: Bounds) -> Answer:
    """The answer to `load`; `observed` is empty when the submission was loaded. Raises WireError."""
    answer = _fields(decode(payload, bounds))
    return Answer(observed=[]) if answer.get("status") == "ok" else _failed(answer, STAGES)


def read_answer(payload: bytes, call_id: int, count: int, bounds: Bounds) -> Answer:
    """The answer to a call with `count` observations. Raises WireError."""
    answer = _fields(decode(payload, bounds))
    if type(answer.get("id")) is not int or answer["id"] != call_id:
        raise WireError("the answer to another call")
    if answer.get("status") != "ok":
        return _failed(answer, STAGES_OF_CALLS)
    observed = answer.get("observed")
    if type(observed) is not list or len(observed) != count:
        raise WireError("not one value for each observation")
    for value in observed:
        _check(value)
    return Answer(observed=observed)


def _fields(value: Value) -> dict[str, Value]:
    if type(value) is not dict:
        raise WireError("an answer that is no dict")
    return value


def _failed(answer: dict[str, Value], stages: frozenset[str]) -> Answer:
    status = answer.get("status")
    if status == "fault" and type(answer.get("message")) is str:
        return Answer(fault=str(answer["message"])[:2000])
    error = answer.get("error")
    if status != "raised" or type(error) is not dict:
        raise WireError("an answer of no known status")
    stage, kind, message = error.get("stage"), error.get("type"), error.get("message")
    if type(stage) is not str or stage not in stages or type(kind) is not str or type(message) is not str:
        raise WireError("an error of another form than agreed")
    frames = error.get("frames")
    if type(frames) is not list:
        raise WireError("frames of another form than agreed")
    return Answer(
        error=Error(
            stage=stage,
            type=kind[:100],
            message=message[:2000],
            line=_line(error.get("line")),
            frames=tuple(_frame(frame) for frame in frames[-MOST_FRAMES:]),
        )
    )


def _frame(frame: Value) -> Frame:
    if type(frame) is not dict:
        raise WireError("a frame of another form than agreed")
    function, source = frame.get("function"), frame.get("source")
    if type(function) is not str or type(source) is not str:
        raise WireError("a frame of another form than agreed")
    return Frame(_line(frame.get("line")), function[:200], source[:300])


def _line(line: Value) -> int | None:
    if line is None:
        return None
    if type(line) is not int or not 0 <= line <= MOST_LINES:
        raise WireError("a line number of another form than agreed")
    return line


def _check(value: Value) -> None:
    """Every Tagged in it is of a kind that an answer may have, with the fields that are read later."""
    if type(value) is Tagged:
        rule = _RULES.get(value.kind)
        if rule is None or not rule(value.fields):
            raise WireError("a tagged value that no answer may hold")
    elif type(value) in (list, tuple):
        for item in value:  # type: ignore[union-attr]
            _check(item)
    elif type(value) is dict:
        for item in value.values():
            _check(item)


def _tensor(fields: dict[str, Value]) -> bool:
    flags = (fields.get("requires_grad"), fields.get("is_leaf"), fields.get("attached"))
    return (
        type(fields.get("data")) is Array
        and _device({"name": fields.get("device")})
        and all(type(flag) is bool for flag in flags)
    )


def _data(fields: dict[str, Value]) -> bool:
    array = fields.get("data")
    return type(array) is Array and array.dtype != "bfloat16"


def _meta(fields: dict[str, Value]) -> bool:
    shape, dtype = fields.get("shape"), fields.get("dtype")
    if type(dtype) is not str or dtype not in ITEM_BYTES or not isinstance(shape, list | tuple):
        return False
    extent = 1
    for length in shape:
        if type(length) is not int or not 0 <= length <= MAX_EXTENT:
            return False
        extent *= length or 1
    return extent <= MAX_EXTENT


def _module(fields: dict[str, Value]) -> bool:
    for group in ("parameters", "buffers"):
        listed = fields.get(group)
        if type(listed) is not list:
            return False
        for entry in listed:
            if type(entry) is not dict or type(entry.get("name")) is not str:
                return False
            _check(entry.get("value"))
    return True


def _dtype(fields: dict[str, Value]) -> bool:
    name = fields.get("name")
    return type(name) is str and isinstance(getattr(torch, name, None), torch.dtype)


def _device(fields: dict[str, Value]) -> bool:
    name = fields.get("name")
    return type(name) is str and _DEVICE.fullmatch(name) is not None


def _anything(fields: dict[str, Value]) -> bool:
    for item in fields.values():
        _check(item)
    return True


_RULES: dict[str, Callable[[dict[str, Value]], bool]] = {
    "tensor": _tensor,
    "meta_tensor": _meta,
    "ndarray": _data,
    "numpy_scalar": _data,
    "module_seen": _module,
    "unsupported": lambda fields: type(fields.get("type")) is str,
    "detached": _anything,
    "dtype": _dtype,
    "device": _device,
    # An input that has no value to compare comes back as it was sent.
    "callable": _anything,
    "generator": _anything,
}
