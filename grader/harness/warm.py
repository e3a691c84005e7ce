"""Making a process warm: everything slow is imported and touched once, before any child is forked."""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Callable

from grader.harness import kernel
from grader.vocab import Role
from grader.wire import Bounds

# What the first optimizer, dispatch mode or functional transform of a process would import (seconds), and what
# submissions commonly ask for. All of it must be in memory before a child loses its view of the file system.
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
    "torch._dynamo",
    "torch._functorch",
    "abc", "bisect", "cmath", "collections", "contextlib", "copy", "dataclasses", "decimal", "enum", "fractions",
    "functools", "heapq", "inspect", "itertools", "json", "linecache", "math", "numbers", "operator", "random", "re",
    "statistics", "string", "threading", "time", "traceback", "typing", "warnings",
    "grader.harness.student",
)  # fmt: skip
# What a child of each role runs: by name, since only a judge's image has the judge.
_PROGRAMS = {Role.STUDENT: "grader.harness.student", Role.JUDGE: "grader.judge.main"}
_JUDGE_MODULES = ("numpy", "torch", "torch.optim", "torch.func", "torch._dynamo", "grader.judge.main")


def warm_up(role: Role) -> None:
    """Import what children of `role` need and run a first forward and backward pass."""
    for name in _STUDENT_MODULES if role is Role.STUDENT else _JUDGE_MODULES:
        importlib.import_module(name)
    import torch  # noqa: PLC0415 - the warm-up is what decides when torch is imported

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    layer = torch.nn.Linear(3, 2)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    torch.nn.functional.cross_entropy(layer(torch.ones(1, 3)), torch.tensor([1])).backward()  # type: ignore[no-untyped-call]
    optimizer.step()
    torch.func.grad(lambda x: (x * x).sum())(torch.ones(2))
    _try_dispatch_mode()
    gc.collect()
    gc.freeze()
    kernel.use_huge_pages()


def _try_dispatch_mode() -> None:
    import torch  # noqa: PLC0415
    from torch.utils._python_dispatch import TorchDispatchMode  # noqa: PLC0415

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
