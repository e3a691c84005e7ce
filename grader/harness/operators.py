"""Counts the aten operators that a submission executes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from torch.utils._python_dispatch import TorchDispatchMode

from grader.harness import pristine

PRODUCTS = "products"

# What aten calls the inner part of a function that people know by another name: both names are counted.
_PUBLIC_NAMES = {
    "_cdist_forward": "cdist",
    "_euclidean_dist": "cdist",
    "_pdist_forward": "pdist",
    "_softmax": "softmax",
    "_log_softmax": "log_softmax",
    "linalg_vector_norm": "norm",
}


class OperatorCount(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch leaves it untyped
    """While active, `counts` grows: operator name (no overload, `mul_` counted as `mul`) → times executed.

    `counts["products"]` is the number of scalar multiplications, those inside an operator (prod, dot, mm, …) included.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.counts: Counter[str] = Counter()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        name = _name(func._schema.name)
        self.counts[name] += 1
        if name in _PUBLIC_NAMES:
            self.counts[_PUBLIC_NAMES[name]] += 1
        if (products := _PRODUCTS.get(name)) is not None:
            self.counts[PRODUCTS] += products(args, result)
        return result


def _name(schema_name: str) -> str:
    namespace, _, name = schema_name.partition("::")
    if name.endswith("_") and not name.endswith("__"):
        name = name[:-1]
    return name if namespace == "aten" else f"{namespace}::{name}"


_Products = Callable[[tuple[Any, ...], Any], int]


def _each_entry(_args: tuple[Any, ...], result: Any) -> int:
    return int(pristine.numel(result))


def _each_entry_of_each(_args: tuple[Any, ...], result: Any) -> int:
    return sum(pristine.numel(one) for one in result or ())


def _all_but_one(args: tuple[Any, ...], result: Any) -> int:
    return max(int(pristine.numel(args[0]) - pristine.numel(result)), 0)


def _running(args: tuple[Any, ...], result: Any) -> int:
    length = pristine.shape_of(result)[args[1]] if pristine.shape_of(result) else 1
    return int(pristine.numel(result) - pristine.numel(result) // max(length, 1))


def _contraction(position: int) -> _Products:
    """Matrix products: as many products an entry as the left factor, argument `position`, has columns."""

    def count(args: tuple[Any, ...], result: Any) -> int:
        return int(pristine.numel(result) * pristine.shape_of(args[position])[-1])

    return count


def _power(args: tuple[Any, ...], result: Any) -> int:
    exponent = args[1]
    if type(exponent) in {int, float} and float(exponent).is_integer() and 2 <= exponent <= 64:
        return int(exponent - 1) * int(pristine.numel(result))
    return 0


_PRODUCTS: dict[str, _Products] = {
    "mul": _each_entry,
    "square": _each_entry,
    "addcmul": _each_entry,
    "lerp": _each_entry,
    "addr": _each_entry,
    "outer": _each_entry,
    "ger": _each_entry,
    "_foreach_mul": _each_entry_of_each,
    "prod": _all_but_one,
    "cumprod": _running,
    "dot": _contraction(0),
    "vdot": _contraction(0),
    "mv": _contraction(0),
    "mm": _contraction(0),
    "bmm": _contraction(0),
    "matmul": _contraction(0),
    "linear": _contraction(0),
    "addmv": _contraction(1),
    "addmm": _contraction(1),
    "addbmm": _contraction(1),
    "baddbmm": _contraction(1),
    "pow": _power,
}
