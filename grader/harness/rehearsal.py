"""A made-up submission, graded in the zygote before any fork, so that what a first call does once is done by then.

Type caches, specialised bytecode, torch's lazily built tables: whatever a child would write into memory that it shares
with its parent costs it a page copy each time. It saves a child a quarter of its page faults.
"""

from __future__ import annotations

import linecache
import sys

from grader.harness.student import StudentChild
from grader.wire import Array, Tagged, Value, encode

_TIMES = 4  # enough for the interpreter to specialise what it runs
_CALLS = 12
_SOURCE = b'''
"""A submission like many."""
import math

import torch


def score(samples, mu, var_):
    n, d = samples.shape
    difference = samples - mu
    total = (difference**2).sum() + torch.linalg.matrix_norm(difference) ** 2
    for row in difference:
        total = total + row @ row
    return d / 2 * math.log(2 * math.pi * var_) + total / (2 * var_ * n)
'''


def rehearse() -> None:
    """Load the made-up submission and call it a few times, as a child would."""
    for _ in range(_TIMES):
        child = StudentChild()
        child.answer(encode(_load()))
        for number in range(_CALLS):
            child.answer(encode(_call(number)))
    for name in ("submission", "score"):
        sys.modules.pop(name, None)
    linecache.clearcache()


def _load() -> dict[str, Value]:
    return {
        "op": "load",
        "source": _SOURCE,
        "entry": "score",
        "kind": "function",
        "parameters": 3,
        "probe": None,
        "device": "cpu",
    }


def _call(number: int) -> dict[str, Value]:
    return {
        "op": "call",
        "id": number,
        "seed": number,
        "inputs": {"samples": _tensor((3, 2), False), "mu": _tensor((2,), True), "var_": 1.5},
        "steps": [{"call": "submission", "args": ["samples", "mu", "var_"], "as": "result"}],
        "observe": [
            {"what": "value", "of": "result"},
            {"what": "input", "of": "mu"},
            {"what": "gradient", "of": "result", "wrt": ["mu"], "weights": None},
        ],
    }


def _tensor(shape: tuple[int, ...], requires_grad: bool) -> Tagged:
    entries = 1
    for length in shape:
        entries *= length
    fields: dict[str, Value] = {
        "data": Array("float32", shape, bytes(4 * entries)),
        "requires_grad": requires_grad,
        "noncontiguous": False,
        "parameter": False,
        "device": "cpu",
    }
    return Tagged("tensor", fields)
