"""A draft made of a signature and a solution loads, and holds what can be told from them."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.spec import Question, load_question
from grader.spec.draft import draft
from grader.spec.signature import Parameter, parse_signature
from grader.vocab import Visibility

SOLUTION = b'''\
import torch


def loss(x, labels, signs, offset, k, scale):
    """The loss of something."""
    return (x.sum() + offset + k) * scale
'''
ENTRY = 'loss(x: float["n d"], labels: int["n"], signs: sign["n"], offset: float[""], k: int, scale: float)'


def drafted(entry: str = ENTRY, solution: bytes = SOLUTION, **asked: object) -> Question:
    made = draft("course/tutorial/new", parse_signature(entry), solution, **asked)  # type: ignore[arg-type]
    return load_question(made.files, made.question_id)


def test_a_signature_has_shapes_and_kinds() -> None:
    signature = parse_signature(ENTRY)
    assert signature.dimensions == ("n", "d")
    assert [parameter.shape for parameter in signature.parameters] == ["(n, d)", "(n,)", "(n,)", "()", "", ""]
    assert signature.parameters[2] == Parameter("signs", "sign", ("n",))
    assert parse_signature("f(a)").parameters == (Parameter("a"),)


@pytest.mark.parametrize(
    "entry", ["f(x: Tensor)", "f(x: float[2])", 'f(x: bool["n"])', 'f(x: float["n 2"])', "f(x: str)"]
)
def test_a_type_that_is_none_is_refused_with_what_to_write(entry: str) -> None:
    with pytest.raises(UsageError, match=r'float\["n d"\]'):
        parse_signature(entry)


def test_every_dimension_has_a_case_in_which_it_is_one() -> None:
    sizes = {case.name: case.args for case in drafted().spec.cases if case.group == "edges"}
    assert {name: (args["n"], args["d"]) for name, args in sizes.items() if " = " in name} == {
        "n = 1": (1, 4),
        "d = 1": (6, 1),
    }
    assert "gaps in memory" in sizes


def test_no_two_dimensions_of_a_case_have_the_same_size() -> None:
    assert all(case.args["n"] != case.args["d"] for case in drafted().spec.cases)


def test_there_are_public_and_hidden_cases_in_both_precisions() -> None:
    question = drafted(gradients=("x",), pure=True)
    kinds = {(case.visibility, case.args["dtype"]) for case in question.spec.cases}
    assert kinds >= {(Visibility.PUBLIC, "float32"), (Visibility.HIDDEN, "float32"), (Visibility.HIDDEN, "float64")}
    graded = [question.spec.grade_of(case) for case in question.spec.cases]
    assert all(grade.pure for grade in graded)
    assert {grade.gradients for grade in graded} == {(), ("x",)}


def test_the_starter_keeps_signature_and_docstring_and_gives_nothing_away() -> None:
    starter = drafted().text("starter.py")
    assert 'def loss(x, labels, signs, offset, k, scale):\n    """The loss of something."""\n    raise' in starter
    assert "sum" not in starter


def test_the_statement_says_what_is_left_to_be_said() -> None:
    statement = drafted().text("statement.md")
    assert statement.count("TODO") >= 4
    assert "| `x` | `(n, d)` |" in statement
    assert "| `k` | a Python int |" in statement


@pytest.mark.parametrize(
    ("entry", "solution", "asked", "says"),
    [
        ("other(x)", SOLUTION, {}, "no function other"),
        ("loss(x)", SOLUTION, {}, "takes 6 arguments"),
        (ENTRY, b"def loss(", {}, "no Python"),
        (ENTRY, SOLUTION, {"gradients": ("labels",)}, "labels"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    entry: str, solution: bytes, asked: dict[str, object], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        drafted(entry, solution, **asked)


def test_numbers_alone_make_a_question_too() -> None:
    question = drafted("f(k: int)", b"def f(k):\n    return k * k\n")
    assert question.spec.inputs == ("k",)
    assert len({case.args["k"] for case in question.spec.cases}) > 1
