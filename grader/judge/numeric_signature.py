"""A value in a few words that survive rounding noise and another order of operations, and no other wrong formula.

Numbers are rounded to three digits of their own size, but never finer than a ten thousandth of the size that the
reference's answer has: what remains of numbers that cancel is noise. Of many numbers, their size and a few fixed
projections are rounded so. Nothing here depends on the process, the machine or a library's random numbers.
"""

from __future__ import annotations

import hashlib
import math
import re
from typing import Any

import numpy as np

from grader.judge.tensors import Numbers, Numeric, as_float, as_numbers
from grader.wire import Tagged, Value

_DIGITS = 3
_BELOW_SCALE = 4  # digits below the size of the reference's numbers that still mean something
# Irrational steps round a circle: weights in [-1, 1) that no two entries share, and plain arithmetic, equal everywhere.
_STEPS = (0.6180339887498949, 0.4142135623730951)
_LONGEST_TEXT = 200
_ENOUGH_DRAWS = 32
_NUMBER = re.compile(r"0x[0-9a-f]+|\d+\.\d*(?:e[+-]?\d+)?|\d+e[+-]?\d+|\d{7,}", re.IGNORECASE)
_NAME = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
# Errors that name a variable: whoever calls it otherwise makes the same mistake.
_NAMING = frozenset({"NameError", "UnboundLocalError"})


def words_of_value(value: Value, scale: float) -> Any:
    """What can be hashed of a value; containers that may stand for one another have the same words."""
    numbers = as_numbers(value)
    if numbers is not None:
        return _words_of_numbers(numbers, scale)
    if isinstance(value, list | tuple):
        return ["parts", *(words_of_value(item, scale) for item in value)]
    if isinstance(value, dict):
        items = sorted((repr(key), words_of_value(item, scale)) for key, item in value.items())
        return ["by key", *(list(item) for item in items)]
    if isinstance(value, Tagged):
        return _words_of_tagged(value, scale)
    if isinstance(value, str):
        return ["text", text_words(value)]
    if isinstance(value, bytes):
        return ["bytes", _digest(value)]
    return ["none"] if value is None else [type(value).__name__]


def traits_of_draws(value: Value) -> Any:
    """What is so plain about random numbers that other draws of the same kind have it too."""
    numbers = as_numbers(value)
    if numbers is None:
        parts = value if isinstance(value, list | tuple) else value.values() if isinstance(value, dict) else ()
        return [traits_of_draws(part) for part in parts]
    values = as_float(numbers.values).ravel()
    if not values.size or not np.isfinite(values).all():
        return ["empty" if not values.size else "not finite", numbers.values.ndim]
    if (values == values[0]).all():
        return ["zero" if values[0] == 0 else "constant", numbers.values.ndim]
    if values.size < _ENOUGH_DRAWS:
        return ["few", numbers.values.ndim]
    # Common deviations (1, a half, of an even spread) stand well between the borders of these octaves.
    return ["octave", math.floor(math.log2(_root_mean_square(np.abs(values))) + 0.2), numbers.values.ndim]


def dtypes_of(value: Value) -> str:
    """The dtype of numbers, as far as they have one."""
    numbers = as_numbers(value)
    return f"{numbers.kind} {numbers.dtype}" if numbers is not None else ""


def scale_of(value: Value) -> float:
    """The largest finite magnitude in a value; 0.0 without any."""
    numbers = as_numbers(value)
    if numbers is not None:
        with np.errstate(all="ignore"):
            size = np.abs(as_float(numbers.values))
        finite = size[np.isfinite(size)]
        return float(finite.max()) if finite.size else 0.0
    parts: list[Value] = []
    if isinstance(value, list | tuple):
        parts = list(value)
    elif isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, Tagged):
        parts = list(value.fields.values())
    return max((scale_of(part) for part in parts if not isinstance(part, bool)), default=0.0)


def error_words(kind: str, message: str) -> list[str]:
    """An exception without what differs between two who make the same mistake."""
    if kind in _NAMING:
        message = _NAME.sub("_", message)
    return ["raised", kind, text_words(message)]


def text_words(text: str) -> str:
    """A text without its long and its broken numbers: addresses and values, but not sizes."""
    return _NUMBER.sub("#", text)[:_LONGEST_TEXT]


def hashed(words: Any, length: int) -> str:
    """So many hexadecimal digits for these words."""
    return _digest(repr(words).encode("utf-8", "replace"))[:length]


def _words_of_numbers(numbers: Numbers, scale: float) -> list[Any]:
    shape = list(numbers.shape)
    if numbers.kind in ("bool", "int"):
        return ["whole", shape, _digest(np.ascontiguousarray(numbers.values, dtype="<i8").tobytes())]
    values = as_float(numbers.values).ravel()
    if np.iscomplexobj(values):
        values = np.stack([values.real, values.imag]).ravel()
    finite = np.isfinite(values)
    words: list[Any] = ["numbers", shape]
    if not finite.all():
        places = np.where(np.isnan(values), 1, np.where(values > 0, 2, 3)) * ~finite
        words.append(_digest(places.astype("u1").tobytes()))
        values = np.where(finite, values, 0.0)
    floor = _unit(scale, _BELOW_SCALE)
    if values.size <= 1:
        return [*words, *(_rounded(float(value), max(_unit(float(value), _DIGITS - 1), floor)) for value in values)]
    size = _root_mean_square(values)
    unit = max(_unit(size, _DIGITS - 1), floor)
    return [*words, _rounded(size, unit), *(_rounded(_projected(values, step), unit) for step in _STEPS)]


def _words_of_tagged(value: Tagged, scale: float) -> list[Any]:
    fields = value.fields
    if value.kind == "module_seen":
        # Names are the student's own; the order of registration too.
        listed = [entry for group in ("parameters", "buffers") for entry in _entries(fields.get(group))]
        return ["module", *sorted((words_of_value(entry.get("value"), scale) for entry in listed), key=repr)]
    named = {name: part for name, part in fields.items() if isinstance(part, str) and name in ("name", "type", "dtype")}
    shape = fields.get("shape")
    return [value.kind, sorted(named.items()), repr(shape) if isinstance(shape, list | tuple) else ""]


def _entries(listed: Value) -> list[dict[Any, Value]]:
    return [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []


def _projected(values: Numeric, step: float) -> float:
    weights = (np.arange(1, values.size + 1, dtype=np.float64) * step) % 1.0 * 2.0 - 1.0
    with np.errstate(all="ignore"):
        return float((values * weights).sum() / math.sqrt(values.size))


def _root_mean_square(values: Numeric) -> float:
    largest = float(np.abs(values).max())
    return largest * math.sqrt(float(np.mean((values / largest) ** 2))) if largest > 0 else 0.0


def _unit(size: float, digits: int) -> float:
    """What the last of some digits below the first is worth."""
    if size == 0 or not math.isfinite(size):
        return 0.0
    return float(10.0 ** (math.floor(math.log10(abs(size))) - digits))


def _rounded(value: float, unit: float) -> str:
    if unit == 0 or not math.isfinite(value):
        return "0"
    return f"{round(value / unit) * unit:.{_DIGITS - 1}e}".replace("-0.00e+00", "0.00e+00")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
