"""What a sound question says of itself."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.spec import load_question, samples_of
from grader.spec.model import Grade, QuestionSpec
from grader.spec.signature import parse_signature
from grader.spec.skeleton import skeleton
from grader.spec.version import version_of
from grader.vocab import Diagnosis, Verdict
from tests.spec.conftest import SOUND


@pytest.fixture
def spec() -> QuestionSpec:
    return load_question(SOUND, "course/tutorial/mse").spec


def test_cases_share_the_points_of_their_group_by_weight(spec: QuestionSpec) -> None:
    assert [spec.points_of(case) for case in spec.cases] == [1, 2, 1]
    assert spec.max_score == 4


def test_a_case_overrides_only_what_it_names(spec: QuestionSpec) -> None:
    assert spec.grade_of(spec.case("many numbers")) is spec.grade
    overridden = spec.grade_of(spec.case("one number"))
    assert overridden == msgspec.structs.replace(spec.grade, gradients=())
    assert isinstance(overridden, Grade)


def test_a_function_is_called_with_its_parameters(spec: QuestionSpec) -> None:
    assert [step.message() for step in spec.program()] == [
        {"call": "submission", "args": ["given", "target"], "kwargs": {}, "as": "result"}
    ]


def test_tolerances_that_are_not_given_keep_their_defaults(spec: QuestionSpec) -> None:
    assert spec.tolerance.float64.rtol == 1e-8
    assert spec.tolerance.float32.rtol == 1e-4


def test_samples_say_what_they_must_get() -> None:
    right, wrong = samples_of(SOUND)
    assert right.is_right
    assert (wrong.verdict, wrong.diagnosis, wrong.about) == (Verdict.PARTIAL, Diagnosis.SUM_FOR_MEAN, "no mean")


def test_a_question_without_its_reference_loads_and_says_so() -> None:
    public = {name: content for name, content in SOUND.items() if not name.startswith("reference/")}
    assert not load_question(public, "course/tutorial/mse").has_reference
    assert load_question(SOUND, "course/tutorial/mse").has_reference


@pytest.mark.parametrize("name", SOUND)
def test_every_file_counts_in_the_version(name: str) -> None:
    version = version_of(SOUND)
    assert version_of(SOUND | {name: SOUND[name] + b"\n"}) != version
    assert version_of({other: SOUND[other] for other in SOUND if other != name}) != version


@given(st.dictionaries(st.text(max_size=3), st.binary(max_size=3), max_size=3))
def test_the_version_does_not_depend_on_the_order_of_files(files: dict[str, bytes]) -> None:
    assert version_of(dict(reversed(files.items()))) == version_of(files)


def test_contents_that_move_between_files_change_the_version() -> None:
    assert version_of({"a": b"bc", "d": b""}) != version_of({"a": b"b", "cd": b""})


@pytest.mark.parametrize("is_class", [False, True])
@pytest.mark.parametrize("entry", ["f(a)", "loss_of(samples, mu, var_)"])
def test_a_new_question_loads_at_once(entry: str, is_class: bool) -> None:
    made = skeleton("course/tutorial/new-one", entry, is_class=is_class)
    question = load_question(made.files, made.question_id)
    assert question.spec.title == "New one"
    assert question.spec.inputs == parse_signature(entry).names
    assert {sample.is_right for sample in samples_of(question.files)} == {True, False}


@pytest.mark.parametrize("entry", ["f", "f()", "f(a", "1f(a)", "f(a): pass; g(b)", "f(*a)", ""])
def test_what_is_no_entry_point_is_refused(entry: str) -> None:
    with pytest.raises(UsageError, match="no entry point"):
        skeleton("course/tutorial/new", entry)


@pytest.mark.parametrize("question_id", ["new", "a/b", "a/b/c/d", "../b/c", "a/b/C", "a//c", "/a/b/c"])
def test_what_is_no_id_is_refused(question_id: str) -> None:
    with pytest.raises(UsageError, match="is no id"):
        skeleton(question_id, "f(a)")
