"""Hypothesis strategies for everything that the wire carries."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from grader.wire import ITEM_BYTES, Array, Tagged, Value

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ints = st.one_of(
    st.integers(), st.integers(-(2**4000), 2**4000), st.sampled_from([-(2**63), 2**63 - 1, -(2**63) - 1, 2**63])
)
floats = st.one_of(st.floats(), st.sampled_from([-0.0, math.inf, -math.inf, math.nan]))
complexes = st.builds(complex, floats, floats)
key_leaves = st.one_of(texts, st.integers(-(2**63), 2**63 - 1), st.booleans(), st.floats(allow_nan=False), st.none())
keys = st.recursive(key_leaves, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=4)


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    dtype = draw(st.sampled_from(sorted(ITEM_BYTES)))
    shape = tuple(draw(st.lists(st.integers(0, 4), max_size=4)))
    size = math.prod(shape) * ITEM_BYTES[dtype]
    data = draw(st.binary(min_size=size, max_size=size))
    return Array(dtype, shape, bytes(byte & 1 for byte in data) if dtype == "bool" else data)


leaves = st.one_of(st.none(), st.booleans(), ints, floats, complexes, texts, st.binary(max_size=40), arrays())


def _containers(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.one_of(
        st.lists(inner, max_size=5),
        st.lists(inner, max_size=5).map(tuple),
        st.dictionaries(keys, inner, max_size=5),
        st.dictionaries(texts, inner, max_size=5),
        st.builds(Tagged, texts, st.dictionaries(texts, inner, max_size=4)),
    )


values: st.SearchStrategy[Value] = st.recursive(leaves, _containers, max_leaves=25)


def identical(a: Value, b: Value) -> bool:
    """Equal to the last bit and the last type; a nan is itself, -0.0 is not 0.0, order counts in dicts."""
    if type(a) is not type(b):
        return False
    if isinstance(a, list | tuple):
        assert isinstance(b, list | tuple)
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict):
        assert isinstance(b, dict)
        return identical(list(a), list(b)) and identical(list(a.values()), list(b.values()))
    if isinstance(a, Tagged):
        assert isinstance(b, Tagged)
        return a.kind == b.kind and identical(a.fields, b.fields)
    if isinstance(a, float | complex):
        return repr(a) == repr(b)
    return a == b
