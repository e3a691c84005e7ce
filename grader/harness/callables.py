"""Functions handed to a submission that remember how they were called."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from grader.harness.convert import Converter, unsupported
from grader.wire import Bounds, Value

MAX_CALLS = 10_000


class CallLog:
    """The calls that one callable received, as wire values: `{"args": […], "kwargs": {…}}` each, in their order."""

    def __init__(self, bounds: Bounds) -> None:
        self.calls: list[Value] = []
        self._converter = Converter(bounds)

    def record(self, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        """Keep a snapshot of the arguments as they are now; beyond MAX_CALLS only a note that there were more."""
        if len(self.calls) < MAX_CALLS:
            taken: list[Value] = [self._converter.convert(arg) for arg in args]
            self.calls.append({"args": taken, "kwargs": self._converter.convert(kwargs)})
        elif len(self.calls) == MAX_CALLS:
            self.calls.append(unsupported(self.calls, f"more than {MAX_CALLS} calls"))


def recorded(function: Callable[..., Any], log: CallLog) -> Callable[..., Any]:
    """A plain function that does what `function` does, with every call in `log`."""

    def call(*args: Any, **kwargs: Any) -> Any:
        log.record(args, kwargs)
        return function(*args, **kwargs)

    # Name and signature only: a submission that asks finds an ordinary function.
    return functools.wraps(function, assigned=("__name__", "__qualname__", "__doc__"), updated=())(call)
