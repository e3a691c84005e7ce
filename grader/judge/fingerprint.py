"""The fingerprint of a wrong answer to one case: equal where two submissions are wrong in the same way.

Made of what was wrong, observation by observation, each with its diagnosis and its numbers. What is right adds nothing:
of two submissions with the same wrong formula, one may answer in a list and the other in a tensor.
"""

from __future__ import annotations

from typing import Any

from grader.judge.answers import Answer
from grader.judge.decide import Judgement, WrongPart
from grader.judge.numeric_signature import (
    dtypes_of,
    error_words,
    hashed,
    scale_of,
    text_words,
    traits_of_draws,
    words_of_value,
)
from grader.judge.reference import Expected
from grader.vocab import BY_CHANCE, Diagnosis
from grader.wire import Value

LENGTH = 16
# What is measured on the way differs between a loop and a formula without one.
# A fit that does not arrive has as many losses as its random start makes it have.
_OF_DRAWS = BY_CHANCE | {Diagnosis.NOT_CONVERGED}
_NOT_OF_VALUES = _OF_DRAWS | {
    *(Diagnosis.NONE_RETURNED, Diagnosis.WRONG_TYPE, Diagnosis.WRONG_LENGTH, Diagnosis.MISSING_KEY),
    *(Diagnosis.WRONG_SHAPE, Diagnosis.WRONG_DTYPE, Diagnosis.WRONG_DEVICE, Diagnosis.BROADCAST),
    *(Diagnosis.DETACHED, Diagnosis.MISSING_GRADIENT, Diagnosis.STILL_ATTACHED, Diagnosis.NOT_REGISTERED),
    *(Diagnosis.INPUT_CHANGED, Diagnosis.RANDOM_STATE_CHANGED, Diagnosis.NOT_REPRODUCIBLE, Diagnosis.WRONG_CALLS),
}
_OF_DTYPE = frozenset({Diagnosis.WRONG_DTYPE, Diagnosis.LOW_PRECISION})
_MEASURED = frozenset({"operators", "random_state", "training", "isinstance", "same"})


def fingerprint(judgement: Judgement, expected: Expected, answer: Answer, *, with_values: bool = True) -> str | None:
    """Of an answer; None where it is right. `with_values` False says only which kind of mistake it is. Never raises."""
    try:
        words = _words(judgement, expected, answer, with_values)
        return hashed(words, LENGTH) if words is not None else None
    except Exception as error:  # noqa: BLE001
        # Answers are made by hostile code, and a fingerprint decides nothing.
        return hashed(["no words", type(error).__name__], LENGTH)


def _words(judgement: Judgement, expected: Expected, answer: Answer, with_values: bool) -> Any:
    if answer.error is not None:
        if answer.error.stage == "step" and answer.error.type == expected.raises:
            return None
        return [answer.error.stage, *error_words(answer.error.type, answer.error.message)]
    if answer.observed is None:
        return ["no answer"]
    if expected.raises is not None:
        values = [words_of_value(value, 1.0) for value in answer.observed] if with_values else []
        return ["no exception", expected.raises, *values]
    wrong = judgement.wrong_parts(expected.observed, answer.observed)
    if not wrong:
        return None
    checked = [
        value
        for observation, value in zip(judgement.made.observations, answer.observed, strict=True)
        if observation.structure_only
    ]
    return [_part(part, checked, with_values) for part in wrong]


def _part(part: WrongPart, checked: list[Value], with_values: bool) -> list[Any]:
    """`checked` are the values that checks alone decide about."""
    finding, observation = part.finding, part.observation
    key = observation.key if observation is not None else "check"
    if not with_values:
        # Which pattern random numbers happen to have says nothing.
        return [key, finding.diagnosis.value if finding.diagnosis in _NOT_OF_VALUES else "values"]
    words: list[Any] = [key, finding.diagnosis.value]
    if observation is not None and observation.what in _MEASURED:
        return words
    if observation is None:
        words.append(text_words(finding.said.public))
        if finding.diagnosis in _OF_DRAWS:
            return [*words, *(traits_of_draws(value) for value in checked)]
        return [*words, *(words_of_value(value, 1.0) for value in checked)]
    if finding.diagnosis in _OF_DTYPE:
        words.append(dtypes_of(part.given))
    return words if observation.structure_only else [*words, _value_words(observation.what, part.expected, part.given)]


def _value_words(what: str, expected: Value, given: Value) -> Any:
    scale = scale_of(expected)
    if what == "parameter_gradient" and isinstance(given, dict):
        # The names of parameters are the student's own; so is their order.
        return sorted((words_of_value(value, scale) for value in given.values()), key=repr)
    return words_of_value(given, scale)
