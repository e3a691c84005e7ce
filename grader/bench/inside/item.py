"""One submission graded the plain way, in one process: what the grader is measured against.

Reads `{"cases_py", "solution_py", "entry", "cases": [{"make", "args", "seed", "gradients"}], "source"}` as JSON from
standard input and prints `[bool, …]`, one a case. Started as text (`python -c`) in a cold container; its functions also
serve the fork floor. It compares values and gradients and explains nothing.
"""

from __future__ import annotations

import copy
import json
import sys
import warnings
from collections.abc import Callable
from typing import Any

import torch

from grader.author import Noncontiguous

Inputs = dict[str, Any]
Work = list[tuple[Inputs, list[str], Any]]  # inputs, which of them have gradients compared, what the reference gives


def load(source: str, name: str) -> dict[str, Any]:
    """Run a file's text and return its names."""
    names: dict[str, Any] = {"__name__": name}
    exec(compile(source, f"{name}.py", "exec"), names)  # noqa: S102  grading runs code
    return names


def work_of(question: dict[str, Any]) -> Work:
    """Make every case's inputs and what the reference gives for them."""
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")  # what a submission is warned of is not what is measured
    makers = load(question["cases_py"], "cases")
    reference = load(question["solution_py"], "solution")[question["entry"]]
    work: Work = []
    for case in question["cases"]:
        args = {key: getattr(torch, value) if key == "dtype" else value for key, value in case["args"].items()}
        made = makers[case["make"]](torch.Generator().manual_seed(case["seed"]), **args)
        inputs = {key: _with_gaps(value.tensor) if isinstance(value, Noncontiguous) else value
                  for key, value in made.items()}  # fmt: skip
        work.append((inputs, case["gradients"], _observed(reference, inputs, case["gradients"])))
    return work


def grade(source: str, entry: str, work: Work) -> list[bool]:
    """Whether each case passes."""
    try:
        submission = load(source, "submission")[entry]
    except Exception:  # noqa: BLE001  whatever a submission raises, it has failed
        return [False] * len(work)
    return [_passes(submission, *case) for case in work]


def _passes(submission: Callable[..., Any], inputs: Inputs, gradients: list[str], expected: list[Any]) -> bool:
    try:
        got = _observed(submission, inputs, gradients)
        return all(torch.allclose(a, b, rtol=1e-4, atol=1e-5) for a, b in zip(got, expected, strict=True))
    except Exception:  # noqa: BLE001  as above
        return False


def _observed(function: Callable[..., Any], inputs: Inputs, gradients: list[str]) -> list[Any]:
    own = copy.deepcopy(inputs)
    result = function(**own)
    if gradients:
        result.backward()
    return [result.detach(), *(own[name].grad for name in gradients)]


def _with_gaps(tensor: torch.Tensor) -> torch.Tensor:
    return torch.stack([tensor, tensor], dim=-1)[..., 0]


if __name__ == "__main__":
    order = json.load(sys.stdin)
    print(json.dumps(grade(order["source"], order["entry"], work_of(order))))
