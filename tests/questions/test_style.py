"""No question rejects a right solution for its style: the reference in other clothes gets full marks everywhere.

What a question's row insists on is respected: where a gradient is asked of the result, or a tensor, it stays one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.pipeline.batch import grade_sources
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.spec import Question
from grader.spec.question import SOLUTION_FILE
from grader.verify.degenerate import wrapped_answer
from grader.vocab import Verdict
from tests.questions.bank import BANK, CODE

RESTYLED = """

def _tensor(number):
    import torch

    return torch.tensor(number, dtype=torch.float64 if type(number) is float else None)


def _restyled(value):
    import numpy
    import torch

    if type(value) is tuple:
        value = [_restyled(item) for item in value] if {swap} else tuple(map(_restyled, value))
        return value
    if type(value) is list:
        return tuple(map(_restyled, value)) if {swap} else [_restyled(item) for item in value]
    if type(value) is dict:
        return {{key: _restyled(item) for key, item in reversed(value.items())}}
    if isinstance(value, torch.Tensor):
        return {tensor}
    if type(value) in (bool, int, float):
        return {number}
    return value
"""
# A tensor that is no leaf and owns no memory of its own; with a graph it keeps its graph.
VIEW = "value.expand(2, *value.shape)[1] if not (value.is_leaf and value.requires_grad) else value"
STYLES: dict[str, dict[str, object]] = {
    "lists for tuples and tuples for lists": {"swap": True, "tensor": "value", "number": "value"},
    "views for tensors, tensors for numbers": {"swap": False, "tensor": VIEW, "number": "_tensor(value)"},
    "numbers of NumPy": {"swap": False, "tensor": "value", "number": "numpy.array(value)[()]"},
    "Fortran's order": {
        "swap": True,
        "tensor": "value.T.contiguous().T if value.dim() == 2 and not value.is_leaf else value",
        "number": "value",
    },
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("local", lanes=2) as opened:
        yield opened


def restyled(question: Question) -> dict[str, bytes]:
    """The reference with its answer in each style; nothing where no one call gives the answer."""
    wrapped = wrapped_answer(question.spec, "_restyled({function}(*{arguments}, **{named}))")
    if wrapped is None:
        return {}
    solution = question.text(SOLUTION_FILE)
    insists = any(question.spec.grade_of(case).scalar == "number" for case in question.spec.cases)
    styles = {name: style for name, style in STYLES.items() if not (insists and "_tensor" in str(style["number"]))}
    return {name: (solution + RESTYLED.format(**style) + wrapped).encode() for name, style in styles.items()}


def renamed(question: Question) -> dict[str, bytes]:
    """The reference behind parameters of other names that can only be passed by position."""
    entry = question.spec.entry_point
    if entry.kind != "function" or not entry.parameters:
        return {}
    names = ", ".join(f"p{number}" for number in range(len(entry.parameters)))
    text = f"\n\n_answer = {entry.name}\n\n\ndef {entry.name}({names}, /):\n    return _answer({names})\n"
    return {"parameters of other names": (question.text(SOLUTION_FILE) + text).encode()}


@pytest.mark.parametrize("question_id", CODE)
def test_the_reference_in_another_style_gets_full_marks(question_id: str, sandbox: Sandbox) -> None:
    question = BANK.get(question_id)
    sources = restyled(question) | renamed(question)
    rejected = {
        name: [f"{case.name}: {case.message}" for case in report.cases if case.verdict is not Verdict.ACCEPTED][:2]
        for name, report in grade_sources(question, sources.items(), sandbox=sandbox, explain=False)
        if report.verdict is not Verdict.ACCEPTED
    }
    assert rejected == {}
