from __future__ import annotations

from collections import OrderedDict, defaultdict, namedtuple
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.harness.convert import Converter, from_wire, to_wire
from grader.wire import ITEM_BYTES, Array, Bounds, Malformed, Tagged, Value, decode, encode


def same(a: Any, b: Any) -> bool:
    """Equal in type, dtype, shape and to the last bit."""
    if type(a) is not type(b):
        return False
    if isinstance(a, torch.Tensor):
        return bool(a.dtype == b.dtype and a.shape == b.shape and torch.equal(a.nan_to_num(), b.nan_to_num()))
    return bool(np.array_equal(a, b)) if isinstance(a, np.ndarray) else bool(a == b)


def why(value: Value) -> str:
    assert isinstance(value, Tagged)
    assert value.kind == "unsupported"
    return str(value.fields["why"])


@pytest.mark.parametrize("dtype", sorted(ITEM_BYTES))
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (2, 3)])
def test_a_tensor_of_every_dtype_comes_back_as_it_was(dtype: str, shape: tuple[int, ...]) -> None:
    tensor = (torch.arange(24)[: int(np.prod(shape))].reshape(shape) % 2).to(getattr(torch, dtype))
    value = to_wire(tensor)
    assert same(from_wire(decode(encode(value))), tensor)


@pytest.mark.parametrize(
    "obj",
    [
        None, True, -1, 2**70, 1.5, float("inf"), 2j, "ünï", b"\0\xff", [], (), {}, [1, (2.0, {"a": None})],
        {1: 2, (1, "b"): 3, None: 4, 2.5: 5}, np.ones((2, 3)), np.float32(1.5), np.int64(3), np.bool_(True),
        np.ones((2, 0)), np.arange(6).reshape(2, 3).T, torch.float16, torch.device("cpu"),
    ],
    ids=str,
)  # fmt: skip
def test_plain_data_comes_back_as_it_was(obj: object) -> None:
    assert same(from_wire(decode(encode(to_wire(obj)))), obj)


def test_a_big_endian_array_keeps_its_numbers() -> None:
    assert from_wire(to_wire(np.array([1, 2], dtype=">i4"))).tolist() == [1, 2]


def test_torch_return_types_and_sizes_are_tuples() -> None:
    values, indices = from_wire(to_wire(torch.tensor([2.0, 1.0]).sort()))
    assert values.tolist() == [1.0, 2.0]
    assert indices.tolist() == [1, 0]
    assert to_wire(torch.Size([2, 3])) == (2, 3)


class _Named(NamedTuple):
    a: int
    b: int


_Untyped = namedtuple("_Untyped", "a b")  # noqa: PYI024 - the untyped kind is what students write


class _SaysOtherwise(tuple[int, ...]):
    __slots__ = ()

    def __iter__(self) -> Iterator[int]:
        return iter([7, 8, 9])


@pytest.mark.parametrize("pair", [_Named(1, 2), _Untyped(1, 2)])
def test_named_tuples_are_tuples(pair: object) -> None:
    assert to_wire(pair) == (1, 2)
    assert to_wire({pair: 1}) == {(1, 2): 1}


def test_a_tuple_that_lies_about_what_it_holds_is_read_past_it() -> None:
    assert to_wire(_SaysOtherwise((1, 2))) == (1, 2)


def test_dicts_of_the_standard_library_are_dicts() -> None:
    assert to_wire(OrderedDict(a=1)) == {"a": 1}
    assert to_wire(defaultdict(int, a=1)) == {"a": 1}


def test_a_tensor_says_how_it_hangs_in_the_graph() -> None:
    leaf = torch.ones(2, 3, requires_grad=True)
    value = to_wire((leaf * 2).t())
    assert isinstance(value, Tagged)
    expected = {"requires_grad": True, "is_leaf": False, "attached": True, "parameter": False, "noncontiguous": True}
    assert {name: value.fields[name] for name in expected} == expected
    value = to_wire(torch.nn.Parameter(torch.ones(2)))
    assert isinstance(value, Tagged)
    assert value.fields["parameter"] is True
    assert value.fields["is_leaf"] is True
    assert value.fields["device"] == "cpu"


def test_lazily_conjugated_and_negated_tensors_are_read_as_they_look() -> None:
    tensor = torch.tensor([1 + 2j])
    assert from_wire(to_wire(tensor.conj())).tolist() == [1 - 2j]
    assert from_wire(to_wire(tensor.conj().imag)).tolist() == [-2.0]


def test_a_meta_tensor_has_a_shape_and_no_data() -> None:
    meta = from_wire(to_wire(torch.empty(10, 3, device="meta")))
    assert meta.device.type == "meta"
    assert meta.shape == (10, 3)


class _Int(int):
    pass


class _List(list[int]):
    pass


class _Tensor(torch.Tensor):
    pass


class _EqualMeta(type):
    """Makes classes that cannot be hashed."""

    def __eq__(cls, other: object) -> bool:
        raise RuntimeError("asked")

    __hash__ = None  # type: ignore[assignment]


class _Unhashable(metaclass=_EqualMeta):
    pass


class _Liar:
    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return float


@pytest.mark.parametrize(
    "obj",
    [
        _Int(1), _List(), _Unhashable(), _Liar(), object(), {1, 2}, (i for i in "a"), range(3), len, int,
        torch.ones(2).as_subclass(_Tensor), torch.eye(2).to_sparse(), torch.nn.Linear(1, 1), np.array(["a"]),
        np.longdouble(1), np.array([None]), "\ud800", {"\ud800": 1}, {object(): 1}, {2**70: 1}, 1 << 5000,
        torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged), np.ma.masked_array([1]),
        torch.zeros(2, dtype=torch.float8_e4m3fn), torch.ones([1] * 20), torch.nn.UninitializedParameter(),
    ],
    ids=lambda obj: type(obj).__name__,
)  # fmt: skip
def test_whatever_is_not_plain_data_is_unsupported(obj: object) -> None:
    value = to_wire(obj)
    assert why(value)
    decode(encode(value))


def test_a_quantised_tensor_is_unsupported() -> None:
    value = Tagged("unsupported", {"type": "Tensor", "why": "a quantised tensor"})
    with pytest.warns(UserWarning, match="quantize"):
        quantised = torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.quint8)
    assert to_wire(quantised) == value


def test_only_the_part_that_does_not_travel_is_unsupported() -> None:
    value = to_wire([1, object(), {"a": set()}])
    assert isinstance(value, list)
    assert value[0] == 1
    assert why(value[1])
    assert isinstance(value[2], dict)
    assert why(value[2]["a"])


def test_an_expanded_tensor_is_refused_before_it_is_materialised() -> None:
    assert "bytes" in why(to_wire(torch.ones(1).expand(10**9)))
    assert "bytes" in why(to_wire(np.broadcast_to(np.ones(1), (10**9,))))
    assert why(to_wire(torch.ones(0).expand(2**40, 2**20, 0)))


def test_a_list_that_holds_itself_is_cut_off() -> None:
    loop: list[Any] = []
    loop.append(loop)
    decode(encode(to_wire({"answer": loop})))


def test_a_structure_that_doubles_at_every_level_is_refused_whole() -> None:
    tree: list[Any] = []
    for _ in range(20):
        tree = [tree, tree]
    assert "more values" in why(to_wire(tree))


def test_what_follows_something_too_large_still_travels() -> None:
    converter = Converter(Bounds(items=100_000))
    assert why(converter.convert([0] * 200_000))
    assert converter.convert([1, 2]) == [1, 2]


def test_many_tensors_are_refused_together_once_they_exceed_one_message() -> None:
    bounds = Bounds(bytes=2**20)
    value = to_wire([torch.zeros(2**15) for _ in range(100)], bounds)
    assert "larger" in why(value)


def test_a_dict_with_thousands_of_tuple_keys_is_refused_as_the_decoder_would() -> None:
    assert why(to_wire({(i,): i for i in range(3000)}))


def test_a_tensor_inside_a_functional_transform_is_unsupported() -> None:
    seen: list[Value] = []

    def function(x: torch.Tensor) -> torch.Tensor:
        seen.append(to_wire(x))
        return x.sum()

    torch.func.grad(function)(torch.ones(2))
    assert "transform" in why(seen[0])


def test_overridden_methods_of_a_tensor_are_not_called() -> None:
    tensor = torch.ones(2)
    tensor.detach = tensor.numpy = tensor.cpu = None  # type: ignore[assignment, method-assign]
    assert from_wire(to_wire(tensor)).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    "value",
    [
        Tagged("tensor", {}),
        Tagged("tensor", {"data": 3}),
        Tagged("meta_tensor", {"dtype": "float32", "shape": [-1]}),
        Tagged("meta_tensor", {"dtype": "float32", "shape": [2**62, 2**62]}),
        Tagged("meta_tensor", {"dtype": "load", "shape": []}),
        Tagged("dtype", {"name": "load"}),
        Tagged("dtype", {"name": "nothing"}),
        Tagged("device", {"name": "moon"}),
        Tagged("ndarray", {"data": Array("bfloat16", (1,), b"\0\0")}),
        Tagged("module_seen", {"parameters": 3, "buffers": []}),
        Tagged("module_seen", {"parameters": [3], "buffers": []}),
    ],
    ids=str,
)
def test_a_lying_answer_is_a_typed_error(value: Value) -> None:
    with pytest.raises(Malformed):
        from_wire([value])


_leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()


@settings(max_examples=60, deadline=None)
@given(st.recursive(_leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_nested_plain_data_comes_back_as_it_was(obj: object) -> None:
    assert from_wire(decode(encode(to_wire(obj)))) == obj
