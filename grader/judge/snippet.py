"""A failing case as Python that can be pasted into a REPL."""

from __future__ import annotations

import math
from typing import Any

from grader.judge.cases import MadeCase
from grader.judge.findings import Finding
from grader.judge.messages import cut
from grader.judge.tensors import to_numpy
from grader.spec.model import SUBMISSION, QuestionSpec, Step
from grader.wire import Array, Tagged, Value

LONGEST = 3000  # characters
MOST_ENTRIES = 200  # of one tensor


class _TooLong(Exception):
    """Nobody would read it."""


def snippet(spec: QuestionSpec, made: MadeCase, finding: Finding | None, raised: str | None = None) -> str | None:
    """Imports, inputs, calls, and what is wrong; None where it would be too long to be of use."""
    try:
        lines = [f"{name} = {literal(value)}" for name, value in made.sent.items()]
    except _TooLong:
        return None
    for name, value in made.sent.items():
        lines += _after(name, value)
    for step in spec.program_of(made.grade):
        if step.as_ not in made.sent:  # else it stands there as a value of the reference's
            lines += _step(spec, step)
    lines += _outcome(made, finding, raised)
    imports = ["import torch"] if any("torch." in line for line in lines) else []
    if any("np." in line for line in lines):
        imports.insert(0, "import numpy as np")
    if imports:
        imports.append("")
    text = "\n".join([*imports, *lines]) + "\n"
    return text if len(text) <= LONGEST else None


def literal(value: Value) -> str:
    """An input as a Python expression. Raises _TooLong."""
    if isinstance(value, list):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, tuple):
        inner = ", ".join(literal(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Tagged):
        return _tagged(value)
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return repr(value)


def _tagged(value: Tagged) -> str:
    fields: dict[str, Any] = value.fields
    match value.kind:
        case "tensor":
            return _tensor(fields)
        case "ndarray":
            array = fields["data"]
            return f"np.array({_entries(array)}, dtype=np.{array.dtype})"
        case "numpy_scalar":
            return f"np.{fields['data'].dtype}({_entries(fields['data'])})"
        case "dtype":
            return f"torch.{fields['name']}"
        case "device":
            return f'torch.device("{fields["name"]}")'
        case "generator":
            return f"torch.Generator().manual_seed({fields['seed']})"
        case "callable":
            params = ", ".join(f"{name}={literal(item)}" for name, item in fields["params"].items())
            return f"{fields['name']}({params})  # from probe.py"
        case "module":
            return _module(fields)
        case _:
            return f"...  # {value.kind}"


def _tensor(fields: dict[str, Any]) -> str:
    array: Array = fields["data"]
    options = "" if array.dtype in {"float32", "int64", "bool"} else f", dtype=torch.{array.dtype}"
    if fields.get("requires_grad"):
        options += ", requires_grad=True"
    if 0 in array.shape:
        return f"torch.empty({array.shape}{options})"
    text = f"torch.tensor({_entries(array)}{options})"
    return f"torch.nn.Parameter({text})" if fields.get("parameter") else text


def _entries(array: Array) -> str:
    values = to_numpy(array)
    if values.size > MOST_ENTRIES:
        raise _TooLong
    return _nested(values)


def _nested(values: Any) -> str:
    if values.ndim == 0:
        # The shortest text that gives the same number in its own precision.
        text = str(values[()])
        return {"nan": 'float("nan")', "inf": 'float("inf")', "-inf": 'float("-inf")'}.get(text, text)
    return f"[{', '.join(_nested(row) for row in values)}]"


def _module(fields: dict[str, Any]) -> str:
    params = fields["params"]
    if "children" in params:
        inner = ", ".join(_module(child.fields) for _, child in params["children"])
        return f"torch.nn.{fields['kind']}({inner})"
    return f"torch.nn.{fields['kind']}({', '.join(f'{name}={literal(value)}' for name, value in params.items())})"


def _after(name: str, value: Value) -> list[str]:
    """A module gets the state that it has in the case."""
    if not isinstance(value, Tagged) or value.kind != "module":
        return []
    state = value.fields.get("state")
    try:
        parts = [f"{key!r}: {literal(_plain(item))}" for key, item in state.items() if isinstance(item, Tagged)]  # type: ignore[union-attr]
    except _TooLong:
        return [f"# {name} has parameters of its own; they are too many to show"]
    lines = [f"{name}.load_state_dict({{{', '.join(parts)}}})"] if parts else []
    return [*lines, f"{name}.eval()"] if value.fields.get("training") is False else lines


def _plain(value: Tagged) -> Tagged:
    return Tagged(value.kind, {"data": value.fields["data"]})


def _step(spec: QuestionSpec, step: Step) -> list[str]:
    if step.load is not None:
        return [f"# the parameters of {step.load} become those of {step.from_}"]
    if step.to is not None:
        return [f"# {step.to} is converted to the dtype of the inputs"]
    arguments = ", ".join([*step.args, *(f"{keyword}={name}" for keyword, name in step.kwargs.items())])
    made = f"{step.as_} = " if step.as_ is not None else ""
    if step.probe is not None:
        inner = ", ".join(part for part in (spec.entry_point.name, arguments) if part)
        return [f"{made}{step.probe}({inner})  # from probe.py"]
    assert step.call is not None
    head, *rest = step.call.split(".")
    target = ".".join([spec.entry_point.name if head == SUBMISSION else head, *rest])
    return [f"{made}{target}({arguments})"]


def _outcome(made: MadeCase, finding: Finding | None, raised: str | None) -> list[str]:
    if raised is not None:
        return [f"# raises {cut(' '.join(raised.split()), 200)}"]
    if finding is None:
        return []
    lines: list[str] = []
    if made.grade.gradients and "gradient" in finding.said.public:
        of = made.grade.of if made.grade.weights is None else f"({made.grade.of} * {made.grade.weights})"
        lines.append(f"print(torch.autograd.grad({of}.sum(), [{', '.join(made.grade.gradients)}]))")
    elif made.grade.value:
        lines.append(f"print({made.grade.of})")
    if finding.worst is None:
        return [*lines, f"# {' '.join(finding.said.public.split())}"]
    at = f" at {list(finding.worst.index)}" if finding.worst.index else ""
    return [
        *lines,
        f"# {finding.worst.where}{at}",
        f"# expected: {finding.worst.expected}",
        f"# yours:    {finding.worst.given}",
    ]
