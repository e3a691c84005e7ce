"""Making a process warm: everything slow is imported and touched once, before any child is forked."""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Callable

from grader.harness import kernel, rehearsal, seccomp
from grader.vocab import Role
from grader.wire import Bounds

# What submissions commonly ask for, besides the program of a child itself.
_STUDENT_MODULES = (
    "numpy",
    "numpy.random",
    "torch",
    "torch.nn",
    "torch.nn.functional",
    "torch.optim",
    "torch.func",
    "torch.distributions",
    "torch.autograd.functional",
    "torch.utils.data",
    "torch.utils._python_dispatch",
    "abc", "bisect", "cmath", "collections", "contextlib", "copy", "dataclasses", "decimal", "enum", "fractions",
    "functools", "heapq", "inspect", "itertools", "json", "linecache", "math", "numbers", "operator", "random", "re",
    "statistics", "string", "threading", "time", "traceback", "typing", "warnings",
    "grader.harness.student",
)  # fmt: skip
# What a child of each role runs: by name, since only a judge's image has the judge.
_PROGRAMS = {Role.STUDENT: "grader.harness.student", Role.JUDGE: "grader.judge.main"}
_JUDGE_MODULES = ("numpy", "torch", "torch.optim", "torch.func", "grader.judge.main")


def warm_up(role: Role) -> None:
    """Import what children of `role` need and run a first forward and backward pass."""
    for name in _STUDENT_MODULES if role is Role.STUDENT else _JUDGE_MODULES:
        importlib.import_module(name)
    import torch  # noqa: PLC0415 - the warm-up is what decides when torch is imported

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    layer = torch.nn.Linear(3, 2)
    torch.nn.functional.cross_entropy(layer(torch.ones(1, 3)), torch.tensor([1])).backward()  # type: ignore[no-untyped-call]
    torch.broadcast_shapes((2, 1), (1, 3))  # type: ignore[no-untyped-call]  # imports sympy, for every distribution
    if role is Role.STUDENT:
        rehearsal.rehearse()
    if seccomp.supported():
        seccomp.filter_program()
    _settle()


def import_dynamo() -> None:
    """Import torch's compiler, which the first optimizer, functional transform or dispatch mode of a process asks for.

    It takes as long as torch itself and half as much memory again, so it is left out until a submission needs it.
    """
    importlib.import_module("torch._dynamo")
    importlib.import_module("torch._functorch")
    import torch  # noqa: PLC0415 - imported by the warm-up

    layer = torch.nn.Linear(3, 2)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    layer(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    torch.func.grad(lambda x: (x * x).sum())(torch.ones(2))
    _try_dispatch_mode()
    _settle()


def _settle() -> None:
    """Make what is in memory cheap to copy."""
    gc.collect()
    gc.freeze()
    kernel.use_huge_pages()


def _try_dispatch_mode() -> None:
    import torch  # noqa: PLC0415 - imported by the warm-up
    from torch.utils._python_dispatch import TorchDispatchMode  # noqa: PLC0415 - as above

    class Passing(TorchDispatchMode):  # type: ignore[no-untyped-call]
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
            return func(*args, **(kwargs or {}))

    with Passing():  # type: ignore[no-untyped-call]
        torch.ones(2, requires_grad=True).sum()


def program(role: Role) -> Callable[[int, Bounds], None]:
    """What a child of `role` does with its channel for the rest of its life."""
    serve: Callable[[int, Bounds], None] = importlib.import_module(_PROGRAMS[role]).serve
    return serve


def thread_count() -> int:
    """Threads of this process; a warm parent must have exactly one, since a fork copies only the caller's."""
    return len(os.listdir("/proc/self/task"))
