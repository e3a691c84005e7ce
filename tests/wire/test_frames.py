"""Frames come out whole, wherever the stream was cut."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.wire import FrameReader, OverBound, Truncated, pack, read_frame

bodies = st.lists(st.binary(max_size=30), max_size=6)


@given(bodies, st.lists(st.integers(1, 7), min_size=1))
def test_bodies_come_whole_wherever_the_stream_is_cut(sent: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(map(pack, sent))
    reader = FrameReader(max_bytes=30)
    received: list[bytes] = []
    at = turn = 0
    while at < len(stream):
        length = cuts[turn % len(cuts)]
        received += reader.feed(stream[at : at + length])
        at, turn = at + length, turn + 1
    assert received == sent
    assert reader.pending_bytes == 0


@given(bodies)
def test_a_blocking_read_gives_the_same_bodies(sent: list[bytes]) -> None:
    stream = io.BytesIO(b"".join(map(pack, sent)))
    assert list(iter(lambda: read_frame(stream.read, 30), None)) == sent


def test_a_length_over_the_bound_is_refused_before_its_body_comes() -> None:
    reader = FrameReader(max_bytes=10)
    bodies_before = reader.feed(pack(b"fine") + pack(b"x" * 11)[:4])
    assert next(bodies_before) == b"fine"
    with pytest.raises(OverBound):
        next(bodies_before)
    with pytest.raises(OverBound):
        list(reader.feed(b""))
    with pytest.raises(OverBound):
        read_frame(io.BytesIO(pack(b"x" * 11)).read, 10)


def test_a_body_not_asked_for_yet_is_kept() -> None:
    reader = FrameReader(max_bytes=10)
    reader.feed(pack(b"one") + b"\3")
    assert list(reader.feed(b"\0\0\0two")) == [b"one", b"two"]


@pytest.mark.parametrize("cut", [1, 3, 4, 8])
def test_a_stream_that_ends_within_a_frame_is_truncated(cut: int) -> None:
    with pytest.raises(Truncated):
        read_frame(io.BytesIO(pack(b"hello")[:cut]).read, 10)
    reader = FrameReader(max_bytes=10)
    assert list(reader.feed(pack(b"hello")[:cut])) == []
    assert reader.pending_bytes == cut


def test_a_length_that_lies_allocates_little() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(Truncated):
            read_frame(io.BytesIO(b"\xff\xff\xff\x7fshort").read, 2**31)
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()
