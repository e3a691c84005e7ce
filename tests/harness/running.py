"""Runs a submission given as text through the harness, in this process."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from grader.harness.convert import from_wire
from grader.harness.describe import describe_inputs
from grader.harness.load_submission import Entry, load_probe, load_submission
from grader.harness.program import run_call
from grader.harness.tracebacks import Raised
from grader.wire import Value

VALUE = {"what": "value", "of": "result"}


def load(text: str, entry: str = "f", kind: str = "function", parameters: int | None = None) -> Entry:
    """The entry point of a submission."""
    return load_submission(dedent(text).encode(), entry, kind, parameters)


def load_error(
    text: str | bytes, entry: str = "f", kind: str = "function", parameters: int | None = None
) -> dict[str, Any]:
    """The Error of a submission that does not load."""
    source = text if isinstance(text, bytes) else dedent(text).encode()
    with pytest.raises(Raised) as raised:
        load_submission(source, entry, kind, parameters)
    return raised.value.error


def observed(
    text: str | Entry,
    inputs: dict[str, Any] | None = None,
    observe: list[dict[str, Any]] | None = None,
    *,
    steps: list[dict[str, Any]] | None = None,
    probe: str | None = None,
    seed: int | None = 0,
    entry: str = "f",
    kind: str = "function",
) -> list[Value]:
    """What one call observes, as wire values."""
    inputs = inputs or {}
    loaded = text if isinstance(text, Entry) else load(text, entry, kind)
    call = {
        "op": "call",
        "id": 1,
        "seed": seed,
        "inputs": describe_inputs(inputs),
        "steps": steps or [{"call": "submission", "args": list(inputs), "as": "result"}],
        "observe": observe or [VALUE],
    }
    return run_call(loaded, load_probe(dedent(probe)) if probe else None, call)


def result(text: str | Entry, **inputs: Any) -> Any:
    """The live value of the one result."""
    (value,) = observed(text, inputs)
    return from_wire(value)


def error(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """The Error of a call that raises; arguments as for `observed`."""
    with pytest.raises(Raised) as raised:
        observed(*args, **kwargs)
    return raised.value.error
