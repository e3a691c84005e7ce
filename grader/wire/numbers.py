"""The entries of an array as numbers that JSON can hold, and back to the same bytes.

Floats are written with the fewest digits that give their bits again; those that JSON lacks by name: "nan", "inf",
"-inf", and "nan:" with the bits in hexadecimal where they are not the usual ones.
"""

from __future__ import annotations

import math
import struct
from typing import Any

from grader.wire.failures import Malformed
from grader.wire.values import ITEM_BYTES

_INTEGERS = {
    "uint8": "B",
    "int8": "b",
    "int16": "h",
    "int32": "i",
    "int64": "q",
    "uint16": "H",
    "uint32": "I",
    "uint64": "Q",
    "bool": "?",
}
_FLOATS = {"float16": "e", "float32": "f", "float64": "d"}
_PARTS = {"complex64": "float32", "complex128": "float64"}
_NANS = {"float16": 0x7E00, "bfloat16": 0x7FC0, "float32": 0x7FC00000, "float64": 0x7FF8 << 48}
# Decimal digits that always carry enough, and the fewest worth trying.
_DIGITS = {"float16": (3, 5), "bfloat16": (2, 4), "float32": (6, 9)}


def unpack_entries(dtype: str, data: bytes) -> list[Any]:
    """Numbers, booleans, names of floats, or [real, imaginary] for each entry."""
    if dtype in _INTEGERS:
        return list(struct.unpack(f"<{len(data) // ITEM_BYTES[dtype]}{_INTEGERS[dtype]}", data))
    if dtype in _PARTS:
        parts = unpack_entries(_PARTS[dtype], data)
        return [list(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    size = ITEM_BYTES[dtype]
    return [_float_text(dtype, data[at : at + size]) for at in range(0, len(data), size)]


def pack_entries(dtype: str, entries: list[Any]) -> bytes:
    """The bytes of entries as `unpack_entries` gives them; also of plain numbers that a person wrote."""
    try:
        if dtype in _INTEGERS:
            wanted = bool if dtype == "bool" else int
            if any(type(entry) is not wanted for entry in entries):
                raise Malformed(f"an entry that is no {wanted.__name__}")
            return struct.pack(f"<{len(entries)}{_INTEGERS[dtype]}", *entries)
        if dtype in _PARTS:
            return b"".join(_float_bits(_PARTS[dtype], part) for real, imag in entries for part in (real, imag))
        return b"".join(_float_bits(dtype, entry) for entry in entries)
    except (struct.error, OverflowError, TypeError, ValueError) as error:
        raise Malformed(f"not the entries of {dtype}: {error}") from error


def float_name(value: float) -> str:
    """One of "nan", "inf" and "-inf"; a nan with unusual bits keeps them."""
    text = _float_text("float64", struct.pack("<d", value))
    return text if isinstance(text, str) else repr(value)


def float_of_name(name: object) -> float:
    """What `float_name` was given."""
    if not isinstance(name, str):
        raise Malformed("a float's name is a string")
    value: float = struct.unpack("<d", _float_bits("float64", name))[0]
    return value


def _widened(dtype: str, bits: bytes) -> float:
    if dtype == "bfloat16":  # the upper half of a float32
        dtype, bits = "float32", b"\0\0" + bits
    value: float = struct.unpack("<" + _FLOATS[dtype], bits)[0]
    return value


def _narrowed(dtype: str, value: float) -> bytes:
    if dtype != "bfloat16":
        return struct.pack("<" + _FLOATS[dtype], value)
    word = int.from_bytes(struct.pack("<f", value), "little")
    word += 0x7FFF + (word >> 16 & 1)  # to the nearest, ties to even
    return (word >> 16).to_bytes(2, "little")


def _float_text(dtype: str, bits: bytes) -> float | str:
    value = _widened(dtype, bits)
    if math.isnan(value):
        word = int.from_bytes(bits, "little")
        return "nan" if word == _NANS[dtype] else f"nan:{word:0{2 * len(bits)}x}"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    for digits in range(*_DIGITS.get(dtype, (17, 17))):
        short = float(f"{value:.{digits}g}")
        if _fits(dtype, short) and _narrowed(dtype, short) == bits:
            return short
    return value


def _fits(dtype: str, value: float) -> bool:
    try:
        return not math.isinf(_widened(dtype, _narrowed(dtype, value)))
    except OverflowError:  # rounded up past the largest
        return False


def _float_bits(dtype: str, entry: object) -> bytes:
    if type(entry) is float or type(entry) is int:
        return _narrowed(dtype, float(entry))
    if entry == "nan" or (isinstance(entry, str) and entry.startswith("nan:")):
        word = _NANS[dtype] if entry == "nan" else int(entry[4:], 16)
        bits = word.to_bytes(ITEM_BYTES[dtype], "little")
        if not math.isnan(_widened(dtype, bits)):
            raise Malformed(f"{entry!r} is no nan")
        return bits
    if entry in ("inf", "-inf"):
        return _narrowed(dtype, float(str(entry)))
    raise Malformed(f"{type(entry).__name__} where a float stands")
