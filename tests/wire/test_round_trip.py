"""Whatever is sent arrives as it was, and has one encoding."""

from __future__ import annotations

import enum
import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.wire import (
    ITEM_BYTES,
    Array,
    Bounds,
    Malformed,
    OverBound,
    Tagged,
    Value,
    decode,
    encode,
    from_text,
    to_text,
)
from tests.wire.values_strategy import identical, values


@given(values)
def test_every_value_arrives_as_it_was_sent(value: Value) -> None:
    assert identical(decode(encode(value)), value)


@given(values)
def test_a_value_has_one_encoding(value: Value) -> None:
    body = encode(value)
    assert encode(decode(body)) == body


@given(values)
def test_the_text_form_loses_nothing(value: Value) -> None:
    text = json.dumps(to_text(value), allow_nan=False)
    assert identical(from_text(json.loads(text)), value)


@given(
    st.sampled_from(["float16", "bfloat16", "float32", "float64", "complex64", "complex128"]), st.binary(max_size=64)
)
def test_the_text_form_keeps_every_bit_of_a_float(dtype: str, data: bytes) -> None:
    count = len(data) // ITEM_BYTES[dtype]
    array = Array(dtype, (count,), data[: count * ITEM_BYTES[dtype]])
    assert from_text(json.loads(json.dumps(to_text(array)))) == array


def test_a_tensor_reads_well_as_text() -> None:
    array = Array("float32", (2, 2), struct.pack("<4f", 0.1, -2.5, math.inf, math.nan))
    assert to_text(array) == {"tensor": {"dtype": "float32", "shape": [2, 2], "data": [[0.1, -2.5], ["inf", "nan"]]}}


def test_a_dict_that_reads_like_a_tensor_stays_a_dict() -> None:
    value: Value = {"tensor": [1]}
    assert from_text(to_text(value)) == value


@pytest.mark.parametrize("bits", [0x7FF8000000000000, 0xFFF8000000000000, 0x7FF0000000000001, 0x7FFDEADBEEF00001])
def test_a_nan_keeps_its_payload(bits: int) -> None:
    nan = struct.unpack("<d", bits.to_bytes(8, "little"))[0]
    again = decode(encode(nan))
    assert isinstance(again, float)
    assert struct.pack("<d", again) == struct.pack("<d", nan)


def test_true_and_one_are_told_apart() -> None:
    assert encode(True) != encode(1)
    assert decode(encode([True, 1, 1.0]), Bounds()) == [True, 1, 1.0]
    assert identical(decode(encode([True, 1, 1.0])), [True, 1, 1.0])


class Number(int):
    pass


class Text(str):
    __slots__ = ()


class Colour(enum.IntEnum):
    RED = 1


class Liar(type):
    def __repr__(cls) -> str:
        raise RuntimeError("asked for my name")

    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise RuntimeError("asked for my name")


class Nameless(metaclass=Liar):
    pass


@pytest.mark.parametrize(
    "value",
    [
        Number(3),
        Text("a"),
        Colour.RED,
        Nameless(),
        object(),
        bytearray(b"x"),
        {1, 2},
        range(3),
        (item for item in "ab"),
        [Number(3)],
        {Text("a"): 1},
        {b"a": 1},
        {(1, Text("a")): 1},
        Tagged(Text("tensor"), {}),
        Tagged("tensor", {Text("data"): 1}),
        Array(Text("bool"), (), b"\0"),
        Array("bool", (Number(1),), b"\0"),
        Array("bool", (True,), b"\0"),
    ],
    ids=lambda value: type.__repr__(type(value)),
)
def test_what_is_not_exactly_a_value_is_refused(value: Value) -> None:
    with pytest.raises(Malformed):
        encode(value)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_a_lone_surrogate_is_a_typed_error(text: str) -> None:
    with pytest.raises(Malformed):
        encode({"message": text})
    with pytest.raises(Malformed):
        encode({text: 1})


@pytest.mark.parametrize(
    "array",
    [
        Array("float32", (2,), b"\0" * 7),
        Array("float32", (2,), b"\0" * 9),
        Array("float31", (), b""),
        Array("bool", (2,), b"\1\2"),
        Array("int8", (-1,), b""),
        Array("int8", (-1, -1), b"\0"),
    ],
)
def test_an_array_that_contradicts_itself_is_malformed(array: Array) -> None:
    with pytest.raises(Malformed):
        encode(array)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ([[[1]]], Bounds(depth=2)),
        ([0] * 11, Bounds(items=11)),
        ({(1, 2): 3}, Bounds(items=4)),
        ("é" * 6, Bounds(str_bytes=11)),
        (b"x" * 20, Bounds(bytes=24)),
        (2**64, Bounds(int_bits=64)),
        (-(2**64), Bounds(int_bits=64)),
        ({2**63: 1}, Bounds()),
        (Array("float64", (2,), b"\0" * 16), Bounds(array_bytes=15)),
        (Array("int8", (1, 1, 1), b"\0"), Bounds(dims=2)),
        (Array("int8", (0, 2**32), b""), Bounds()),
    ],
)
def test_a_value_over_a_bound_is_refused_by_both_ends(value: Value, bounds: Bounds) -> None:
    with pytest.raises(OverBound):
        encode(value, bounds)
    if value != {2**63: 1} and not (isinstance(value, Array) and value.shape == (0, 2**32)):
        with pytest.raises(OverBound):
            decode(encode(value), bounds)


def test_a_list_that_holds_itself_is_refused() -> None:
    knot: list[Value] = []
    knot.append(knot)
    with pytest.raises(OverBound):
        encode(knot)


def test_a_list_that_doubles_at_every_level_is_refused() -> None:
    doubled: list[Value] = []
    for _ in range(30):
        doubled = [doubled, doubled]
    with pytest.raises(OverBound):
        encode(doubled)
