"""A small, sound question whose parts the tests break one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import AuthorFault
from grader.spec import Bank, read_question

SPEC = """\
title = "Mean squared error"
kind = "code"
source = "made for these tests"

[entry]
kind = "function"
name = "mean_squared_error"
parameters = ["given", "target"]

[limits]
wall_s = 2.0

[grade]
gradients = ["given"]
pure = ["given", "target"]
checks = ["not_negative"]

[tolerance]
float64 = { rtol = 1e-8, atol = 1e-10 }

[[group]]
name = "value"
points = 3

[[group]]
name = "edges"
points = 1

[[case]]
name = "three numbers"
group = "value"
visibility = "public"
make = "pairs"
args = { n = 3 }
seed = 4

[[case]]
name = "many numbers"
group = "value"
visibility = "hidden"
make = "pairs"
args = { n = 40, dtype = "float64" }
weight = 2
shrink = { n = 1 }

[[case]]
name = "one number"
group = "edges"
visibility = "hidden"
make = "pairs"
args = { n = 1 }
[case.grade]
gradients = []

[[hint]]
diagnosis = "sum_for_mean"
text = "What does the mean divide by?"
group = "value"

[[survivor]]
mutant = "line 6: delete statement"
reason = "it changes nothing"
"""

CASES = b"""\
import torch
from grader.author import described


def pairs(rng, n, dtype=torch.float32):
    given, target = torch.randn(2, n, generator=rng, dtype=dtype)
    return {"given": given.requires_grad_(), "target": target}
"""

SOLUTION = b"def mean_squared_error(given, target):\n    return ((given - target) ** 2).mean()\n"

SOUND: dict[str, bytes] = {
    "question.toml": SPEC.encode(),
    "statement.md": b"# Mean squared error\n",
    "starter.py": b"def mean_squared_error(given, target):\n    ...\n",
    "cases.py": CASES,
    "reference/solution.py": SOLUTION,
    "reference/check.py": b"def not_negative(case):\n    return None\n",
    "reference/samples/right_plain.py": b"# verdict: accepted\n" + SOLUTION,
    "reference/samples/wrong_sum.py": b"# verdict: partial\n# diagnosis: sum_for_mean\n# about: no mean\n" + SOLUTION,
}


@pytest.fixture
def files() -> dict[str, bytes]:
    return dict(SOUND)


@pytest.fixture
def bank(tmp_path: Path, files: dict[str, bytes]) -> Bank:
    """One sound question in folders of its own."""
    for name, content in files.items():
        secret = name.startswith("reference/")
        path = tmp_path / ("reference" if secret else "tasks") / "course/tutorial/mse" / name.removeprefix("reference/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Bank(tmp_path / "tasks", tmp_path / "reference")


def edited(old: str, new: str) -> dict[str, bytes]:
    """The sound question with one place of its spec changed."""
    assert SPEC.count(old) == 1, f"{old!r} must be there once"
    return SOUND | {"question.toml": SPEC.replace(old, new).encode()}


def only_fault(files: dict[str, bytes]) -> AuthorFault:
    """The one fault of these files."""
    _, faults = read_question(files, "course/tutorial/mse")
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def line_text(fault: AuthorFault, files: dict[str, bytes]) -> str:
    """The line that the fault points at."""
    assert fault.where is not None
    assert fault.line is not None
    return files[fault.where].decode().splitlines()[fault.line - 1]
