"""Whatever bytes arrive: a value, or a typed error, in bounded time and memory."""

from __future__ import annotations

import struct
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.wire import (
    Array,
    Bounds,
    Malformed,
    OverBound,
    Tagged,
    Truncated,
    Value,
    WireError,
    decode,
    encode,
    from_text,
)
from tests.wire.values_strategy import identical, values

SMALL = Bounds(bytes=2**16, items=2**12, array_bytes=2**12, str_bytes=2**10, int_bits=256, depth=8, dims=4)
u32 = struct.Struct("<I").pack
json_like = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                st.sampled_from(
                    ["tensor", "tagged", "tuple", "dict", "bytes", "complex", "float", "dtype", "shape", "data"]
                ),
                st.text(max_size=4),
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=12,
)


def decoded_or_refused(body: bytes, bounds: Bounds = SMALL) -> None:
    try:
        value = decode(body, bounds)
    except WireError:
        return
    assert encode(value, bounds) == body


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_value_or_a_typed_error(body: bytes) -> None:
    decoded_or_refused(body)


@given(
    st.lists(st.sampled_from([b"l", b"t", b"d", b"g", b"a", b"I", b"s", b"N", u32(0), u32(1), u32(2), u32(2**32 - 1)]))
)
def test_likely_pieces_in_any_order_are_a_value_or_a_typed_error(pieces: list[bytes]) -> None:
    decoded_or_refused(b"".join(pieces))


@given(values, st.data())
def test_a_changed_message_is_a_value_or_a_typed_error(value: Value, data: st.DataObject) -> None:
    body = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    decoded_or_refused(bytes(body))


@given(values, st.data())
def test_a_message_cut_short_is_truncated(value: Value, data: st.DataObject) -> None:
    body = encode(value)
    with pytest.raises(Truncated):
        decode(body[: data.draw(st.integers(0, len(body) - 1))])


@given(values, st.binary(min_size=1, max_size=4))
def test_bytes_after_the_value_are_malformed(value: Value, rest: bytes) -> None:
    with pytest.raises(Malformed):
        decode(encode(value) + rest)


@given(json_like)
@example({"tagged": ["tensor", []]})
def test_arbitrary_json_is_a_value_or_a_typed_error(text: object) -> None:
    try:
        value = from_text(text)
    except WireError:
        return
    assert identical(decode(encode(value)), value)


@pytest.mark.parametrize(
    "body",
    [
        b"d" + u32(2) + (b"s" + u32(1) + b"a" + b"N") * 2,
        b"d" + u32(2) + b"T" + b"N" + b"i" + (1).to_bytes(8, "little") + b"N",  # True and 1 are one key
        b"d" + u32(1) + b"l" + u32(0) + b"N",
        b"d" + u32(1) + b"I" + u32(9) + (2**64).to_bytes(9, "little") + b"N",
        b"g" + u32(1) + b"k" + u32(2) + (u32(1) + b"a" + b"N") * 2,
        b"I" + u32(8) + (5).to_bytes(8, "little"),
        b"I" + u32(10) + (2**64).to_bytes(10, "little"),
        b"I" + u32(0),
        b"s" + u32(2) + b"\xc0\x80",
        b"s" + u32(3) + b"\xed\xa0\x80",
        b"a\xff\0",
        b"a\0\0\2",
        b"\x80\4",  # how a pickle starts
        b"?",
    ],
)
def test_what_no_encoder_writes_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        decode(body)


@pytest.mark.parametrize("tag", [b"l", b"t", b"d", b"s", b"b", b"I"])
def test_a_length_that_lies_allocates_nothing(tag: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(tag + u32(2**32 - 1) + b"N" * 100)
        with pytest.raises(WireError):
            decode(b"a\1\2" + struct.pack("<QQ", 2**40, 2**40))
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        b"l" + u32(2**19) + b"N" * 2**19,
        b"l" + u32(2**18 - 1) + (b"l" + u32(0)) * (2**18 - 1),
        (b"l" + u32(2**17)) * 32 + b"N" * 2**18,
        b"l" + u32(2**17) + (b"d" + u32(1) + b"N" + b"N") * 2**17,
    ],
    ids=["items", "empty lists", "lists of lists", "dicts"],
)
def test_many_small_items_stay_within_the_bound(body: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(b"t" + u32(2) + body + body)
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()


def test_deep_nesting_is_over_the_bound() -> None:
    with pytest.raises(OverBound):
        decode((b"l" + u32(1)) * 100_000 + b"N")


def test_keys_made_to_collide_are_refused() -> None:
    def key(number: int) -> tuple[int, ...]:
        return tuple(-1 - (number >> bit & 1) for bit in range(16))  # hash(-1) == hash(-2)

    with pytest.raises(OverBound):
        decode(encode({key(number): None for number in range(3000)}))


@pytest.mark.parametrize("shape", [(2**63, 2), (2**32, 2**32), (2**64 - 1,), (0, 2**63), (2**31, 2**31, 0)])
def test_a_shape_that_overflows_is_over_the_bound(shape: tuple[int, ...]) -> None:
    with pytest.raises(OverBound):
        decode(b"a\1" + bytes([len(shape)]) + struct.pack(f"<{len(shape)}Q", *shape))


def test_a_typical_call_fits_the_default_bounds() -> None:
    samples = Array("float64", (1000, 100), b"\0" * 800_000)
    call: Value = {"op": "call", "id": 1, "inputs": {"samples": Tagged("tensor", {"data": samples})}}
    assert decode(encode(call)) == call
