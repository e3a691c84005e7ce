from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.pipeline.written import (
    NotAnAnswer,
    answer_of_text,
    decide,
    decide_choice,
    read_answer,
    read_number,
    text_of_answer,
)
from grader.spec.answer_key import AnswerKey, OptionKey, Trap
from grader.spec.model import Answer, Option, QuestionSpec
from grader.vocab import Verdict

NUMERIC = QuestionSpec("How many", "numeric", "tests", answer=Answer(2.0, unit="steps"))
SEVERAL = QuestionSpec(
    "Which",
    "choice",
    "tests",
    answer=Answer(4.0, multiple=True),
    options=tuple(Option(name, name.upper()) for name in "abcd"),
)
WITH_REASON = QuestionSpec(
    "Why",
    "choice",
    "tests",
    answer=Answer(5.0, reason=3.0, max_words=4),
    options=tuple(Option(name, name.upper()) for name in "abcd"),
)
KEY_OF_SEVERAL = AnswerKey(options=tuple(OptionKey(name, name in "ab", f"about {name}") for name in "abcd"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8", 8), (" 8 ", 8), ("+8", 8), ("-8", -8), ("−8", -8), ("–8", -8), ("0.2", 0.2), ("0,2", 0.2), (".2", 0.2),
        ("8.", 8), ("2e-1", 0.2), ("2E-1", 0.2), ("2,5e3", 2500), ("1/5", 0.2), ("-1/4", -0.25), ("1 / 3", 1 / 3),
        ("8 steps", 8), ("8steps", 8), ("8 Steps", 8), ("007", 7), ("0,125", 0.125),
        ("18.00000001522998", 18.00000001522998),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text: str, number: float) -> None:
    assert read_number(text, "steps") == number


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "Write a number"), ("steps", "Write a number"), ("eight", "digits"), ("8 km", "without 'km'"),
        ("20 %", "0.2 for 20 %"), ("1,000", "1000"), ("1,000,000", "1000000"), ("1/0", "0 below"),
        ("1e999", "too large"), ("nan", "digits"), ("inf", "digits"), ("0x10", "2.5e-3"),
        ("1 2", "one number"), ("1..2", "one number"),
        ("2·10^-3", "2.5e-3"), ("2 × 10", "2.5e-3"), ("1/2/3", "one number"), ("\u0663", "digits"),
        ("1" * 61, "too long"), ("1\n2", "one number"), ("1_000", "one number"), ("8\0", "one number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_how_to_write_it(text: str, hint: str) -> None:
    with pytest.raises(NotAnAnswer, match=hint.replace("(", r"\(")) as refused:
        read_number(text, "steps")
    assert str(refused.value).endswith((".", "?"))


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        number = read_number(text, "m")
    except NotAnAnswer:
        return
    assert abs(number) < float("inf")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_prints_of_a_number_is_read_back(number: float) -> None:
    assert read_number(repr(number)) == number


@pytest.mark.parametrize(
    ("key", "text", "verdict"),
    [
        (AnswerKey(value=0.2), "1/5", Verdict.ACCEPTED),
        (AnswerKey(value=1 / 3), "0.3333333333", Verdict.ACCEPTED),
        (AnswerKey(value=1 / 3), "0.333", Verdict.WRONG_ANSWER),
        (AnswerKey(value=0.0), "0", Verdict.ACCEPTED),
        (AnswerKey(value=0.0), "1e-12", Verdict.WRONG_ANSWER),
        (AnswerKey(value=18.0, tolerance=0.05), "18.05", Verdict.ACCEPTED),
        (AnswerKey(value=18.0, tolerance=0.05), "18.06", Verdict.WRONG_ANSWER),
        (AnswerKey(low=1.0, high=2.0), "2", Verdict.ACCEPTED),
        (AnswerKey(low=1.0, high=2.0), "2.0001", Verdict.WRONG_ANSWER),
    ],
)
def test_a_number_is_right_within_its_tolerance(key: AnswerKey, text: str, verdict: Verdict) -> None:
    report = decide("q", "v", NUMERIC, key, read_answer(NUMERIC, {"number": text}))
    assert report.verdict is verdict
    assert report.score == (2.0 if verdict is Verdict.ACCEPTED else 0.0)


def test_a_wrong_number_is_told_what_kind_of_mistake_it_is() -> None:
    key = AnswerKey(value=8.0, traps=(Trap(6.0, "the weight alone"),), explanation="eight it is")
    messages = [decide("q", "v", NUMERIC, key, {"number": text}).cases[0] for text in ("6", "-8", "7", "8")]
    assert [case.message for case in messages] == [
        "the weight alone",
        "The size is right, the sign is not.",
        "7 is not the number asked for.",
        "eight it is",
    ]
    assert [case.diagnosis for case in messages] == ["wrong_value", "sign", "wrong_value", None]


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("ab", 4.0), ("a", 2.0), ("abc", 2.0), ("ac", 0.0), ("c", 0.0), ("cd", 0.0), ("abcd", 0.0)],
)
def test_several_choices_earn_a_share_and_wrong_ones_take_it_back(chosen: str, points: float) -> None:
    answer = read_answer(SEVERAL, {"choices": list(chosen)})
    report = decide("q", "v", SEVERAL, KEY_OF_SEVERAL, answer)
    assert report.score == points
    expected = Verdict.ACCEPTED if points == 4 else Verdict.PARTIAL if points else Verdict.WRONG_ANSWER
    assert report.verdict is expected
    message = report.cases[0].message
    assert [name for name in "abcd" if f"about {name}" in message] == sorted(chosen)


def test_the_order_and_repetition_of_choices_do_not_matter() -> None:
    assert read_answer(SEVERAL, {"choices": ["b", "a", "b"]}) == {"choices": ["a", "b"]}
    assert answer_of_text(SEVERAL, "b, a\n") == {"choices": ["b", "a"]}


def test_an_answer_comes_back_as_the_text_it_was() -> None:
    for spec, text in ((NUMERIC, "8"), (SEVERAL, "a\nb"), (WITH_REASON, "a\n\nIt must.\nReally.")):
        assert text_of_answer(read_answer(spec, answer_of_text(spec, text))) == text


def test_a_choice_with_a_reason_is_read_with_both() -> None:
    kept = read_answer(WITH_REASON, {"choices": ["b"], "text": " It must.\r\n"})
    assert kept == {"choices": ["b"], "text": "It must."}
    for text in ("a\nIt must.", "  a \n\n It must. "):
        assert read_answer(WITH_REASON, answer_of_text(WITH_REASON, text)) == {"choices": ["a"], "text": "It must."}


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ({"text": "It must."}, "Choose an answer"),
        ({"choices": ["a"]}, "why you chose it"),
        ({"choices": ["a"], "text": " "}, "why you chose it"),
        ({"choices": ["a"], "text": "one two three four five"}, "at most 4"),
        ({"choices": ["a"], "text": "nul\0"}, "NUL"),
    ],
)
def test_half_an_answer_is_refused_with_what_is_missing(answer: dict[str, object], hint: str) -> None:
    with pytest.raises(NotAnAnswer, match=hint):
        read_answer(WITH_REASON, answer)


def test_the_choice_is_decided_at_once_for_its_own_points_and_gives_no_reason_away() -> None:
    key = AnswerKey(options=tuple(OptionKey(name, name == "a", f"about {name}") for name in "abcd"))
    right, wrong = (decide_choice(WITH_REASON, key, {"choices": [name], "text": "so"}) for name in "ab")
    assert (right.points, right.max_points, right.verdict) == (2.0, 2.0, Verdict.ACCEPTED)
    assert (wrong.points, wrong.max_points, wrong.verdict) == (0.0, 2.0, Verdict.WRONG_ANSWER)
    assert right.message == "This choice is right.", "why it is right is what the reason is to say"
    assert wrong.message == "about b"
