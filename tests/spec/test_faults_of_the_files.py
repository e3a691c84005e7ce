"""Files that do not hold what the spec names are found before anything runs."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from grader.spec import load_question, read_question
from tests.spec.conftest import CASES, SOUND, line_text, only_fault

CLASS_SPEC = b"""\
title = "A layer"
kind = "code"
source = "made for these tests"
[entry]
kind = "class"
name = "Layer"
parameters = ["width"]
[[step]]
call = "submission"
args = ["width"]
as = "layer"
[[step]]
load = "layer"
from = "state"
[[step]]
call = "layer.forward"
args = ["x"]
as = "result"
[grade]
state = ["layer"]
[[group]]
name = "value"
points = 1
[[case]]
name = "small"
group = "value"
visibility = "public"
make = "inputs"
seed = 1
[[case]]
name = "large"
group = "value"
visibility = "hidden"
make = "inputs"
"""
CLASS = {
    "question.toml": CLASS_SPEC,
    "statement.md": b"A layer.",
    "starter.py": b"class Layer:\n    def __init__(self, width):\n        ...\n",
    "cases.py": b"def inputs(rng):\n    return {'width': 3, 'state': {}, 'x': 1}\n",
}


class Change(NamedTuple):
    """One file put in place of a sound one, and the fault it must lead to."""

    path: str
    content: bytes
    line: str | None
    says: str


CHANGES = {
    "an empty statement": Change("statement.md", b" \n", None, "the statement is missing"),
    "cases that are not Python": Change("cases.py", b"def pairs(\n    n:\n", "def pairs(", "not valid Python"),
    "a starter that is not Python": Change("starter.py", b"x = 1\ndef f(:\n", "def f(:", "not valid Python"),
    "a starter without the entry point": Change(
        "starter.py", b"def mean_square_error(a, b): ...\n", None, "did you mean 'mean_square_error'"
    ),
    "a starter with other parameters": Change(
        "starter.py", b"\ndef mean_squared_error(target, given): ...\n", "def mean", "parameters are (target, given)"
    ),
    "a solution without the entry point": Change("reference/solution.py", b"x = 1\n", None, "does not define"),
    "a solution with one parameter more": Change(
        "reference/solution.py",
        b"def mean_squared_error(given, target, scale): ...\n",
        "def mean",
        "needs the argument 'scale'",
    ),
    "a check that takes nothing": Change(
        "reference/check.py", b"def not_negative(): ...\n", None, "takes 0 positional"
    ),
    "a wrong sample without a verdict": Change("reference/samples/wrong_x.py", b"x = 1\n", "x = 1", "# verdict:"),
    "a sample with a verdict that is none": Change(
        "reference/samples/wrong_x.py",
        b"# about: x\n# verdict: wrong_anser\n",
        "# verdict",
        "did you mean 'wrong_answer'",
    ),
    "a sample with a diagnosis that is none": Change(
        "reference/samples/wrong_x.py", b"# verdict: partial\n# diagnosis: sgin\n", "# diagnosis", "did you mean 'sign'"
    ),
    "a wrong sample that must be accepted": Change(
        "reference/samples/wrong_x.py", b"# verdict: accepted\n", "# verdict", "right_*.py must be accepted"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_fault_is_named_with_its_file_and_line(change: Change) -> None:
    files = SOUND | {change.path: change.content}
    fault = only_fault(files)
    assert change.says in fault.message
    if fault.where != "question.toml":
        assert fault.where == change.path
    if change.line is not None:
        assert change.line in line_text(fault, files)


@pytest.mark.parametrize(
    "path", ["statement.md", "cases.py", "starter.py", "reference/solution.py", "reference/check.py"]
)
def test_a_missing_file_is_named(path: str) -> None:
    fault = only_fault({name: content for name, content in SOUND.items() if name != path})
    assert fault.where == path
    assert "missing" in fault.message


def test_no_spec_is_a_fault_and_no_question() -> None:
    question, faults = read_question({"statement.md": b"a"}, "course/tutorial/mse")
    assert question is None
    assert [fault.where for fault in faults] == ["question.toml"]


def test_all_faults_are_found_at_once() -> None:
    files = SOUND | {"statement.md": b"", "starter.py": b"", "reference/check.py": b""}
    _, faults = read_question(files, "course/tutorial/mse")
    assert {fault.where for fault in faults} == {"statement.md", "starter.py", "question.toml"}


def test_a_described_callable_needs_a_factory() -> None:
    files = SOUND | {
        "cases.py": CASES + b"X = described('quadratic', centre=2.0)\n",
        "probe.py": b"def quadratik(): ...\n",
    }
    fault = only_fault(files)
    assert fault.where == "cases.py"
    assert "did you mean 'quadratik'" in fault.message
    assert "described(" in line_text(fault, files)


def test_a_factory_must_take_what_is_described() -> None:
    files = SOUND | {
        "cases.py": CASES + b"X = described('quadratic', centre=2.0)\n",
        "probe.py": b"def quadratic(at): ...\n",
    }
    assert "has no argument 'centre'" in only_fault(files).message


def test_a_maker_must_return_every_input() -> None:
    fault = only_fault(
        SOUND | {"cases.py": b"def pairs(rng, n, dtype=None): return dict(given=1, targte=2)\n"} | same_maker()
    )
    assert fault.key == "case[0].make"
    assert "pairs returns no 'target'; did you mean 'targte'" in fault.message


def same_maker() -> dict[str, bytes]:
    """Two of the three cases made by a sound maker, so that one fault is left."""
    spec = SOUND["question.toml"]
    first, rest = spec.split(b'make = "pairs"', 1)
    sound = b"\ndef sound(rng, n, dtype=None):\n    return {'given': 1, 'target': 2}\n"
    cases = b"def pairs(rng, n, dtype=None): return dict(given=1, targte=2)\n" + sound
    return {"question.toml": first + b'make = "pairs"' + rest.replace(b'"pairs"', b'"sound"'), "cases.py": cases}


def test_a_maker_that_builds_its_dict_step_by_step_is_not_doubted() -> None:
    cases = b"def pairs(rng, n, dtype=None):\n    made = {}\n    made['given'] = made['target'] = 1\n    return made\n"
    assert load_question(SOUND | {"cases.py": cases}, "course/tutorial/mse").spec.inputs == ("given", "target")


def test_a_class_is_loaded_with_its_steps() -> None:
    spec = load_question(CLASS, "course/tutorial/layer").spec
    assert spec.inputs == ("width", "state", "x")
    assert [step.verb for step in spec.program()] == ["call", "load", "call"]
    assert spec.program()[1].message() == {"load": "layer", "from": "state", "by": "name"}


CLASS_EDITS = {
    "a class without steps": (
        CLASS_SPEC[CLASS_SPEC.index(b"[[step]]") : CLASS_SPEC.index(b"[grade]")],
        b"",
        "entry.kind",
        "a class needs [[step]]s",
    ),
    "a call of what no step made": (b'"layer.forward"', b'"lawyer.forward"', "step[2].call", "did you mean 'layer'"),
    "a step of two verbs": (b'load = "layer"', b'load = "layer"\nto = "layer"', "step[1]", "exactly one of"),
    "a step of no verb": (b'load = "layer"\n', b"", "step[1]", "exactly one of"),
    "a load from nowhere": (b'from = "state"\n', b"", "step[1]", "needs 'from'"),
    "a conversion to no dtype": (
        b'load = "layer"\nfrom = "state"',
        b'to = "layer"\ndtype = "dtype"',
        "step[1].dtype",
        "needs a dtype, or the name",
    ),
    "a key of another verb": (b'from = "state"', b'from = "state"\nargs = ["x"]', "step[1].args", "has no 'args'"),
    "no result": (b'as = "result"', b'as = "answer"', "grade.value", "no step makes 'result'"),
    "an argument nobody makes": (b'args = ["x"]', b'args = ["y"]', "case[0].make", "inputs returns no 'y'"),
    "more arguments than __init__ takes": (
        b'args = ["width"]',
        b'args = ["width", "x"]',
        "Layer",
        "takes 1 positional",
    ),
    "a probe function that is not there": (b'call = "layer.forward"', b'probe = "drive"', None, "the file is missing"),
}


@pytest.mark.parametrize("edit", CLASS_EDITS.values(), ids=CLASS_EDITS.keys())
def test_a_fault_of_the_steps_is_named(edit: tuple[bytes, bytes, str | None, str]) -> None:
    old, new, key, says = edit
    assert CLASS_SPEC.count(old) == 1
    _, faults = read_question(CLASS | {"question.toml": CLASS_SPEC.replace(old, new)}, "course/tutorial/layer")
    assert faults[0].key == key
    assert says in faults[0].message


def test_a_step_may_convert_to_the_dtype_that_every_case_names() -> None:
    spec = CLASS_SPEC.replace(b'load = "layer"\nfrom = "state"', b'to = "layer"\ndtype = "dtype"')
    spec = spec.replace(b'make = "inputs"', b'make = "inputs"\nargs = { dtype = "float64" }')
    files = CLASS | {"question.toml": spec, "cases.py": CLASS["cases.py"].replace(b"(rng)", b"(rng, dtype)")}
    assert load_question(files, "course/tutorial/layer").spec.steps[1].message() == {"to": "layer", "dtype": "dtype"}
