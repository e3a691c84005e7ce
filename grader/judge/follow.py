"""Follow-through: a later part is graded with the reference's values for earlier ones where the student's are wrong.

Values only: no code of the reference's ever enters the student's process. What a value stands for is sent as an input,
and the step that would make it is left out (`docs/adr/0014-follow-through-hands-on-values.md`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader.errors import AuthorFault
from grader.judge.cases import MadeCase
from grader.judge.decide import RIGHT, Decision, Judgement
from grader.judge.messages import Said, say
from grader.judge.open_question import OpenQuestion
from grader.judge.reference import Expected
from grader.spec.question import SOLUTION_FILE
from grader.vocab import Verdict
from grader.wire import Tagged, Value

# Kinds that are built from what was observed of them.
_HANDED_ON = frozenset({"tensor", "meta_tensor", "ndarray", "numpy_scalar", "dtype", "device"})


def replaced_names(judgement: Judgement, decision: Decision, expected: Expected) -> tuple[str, ...]:
    """What the reference's values stand for: what is wrong; all of it, where no answer came to tell by."""
    carried = tuple(observation.of for observation in judgement.made.observations if observation.is_carried)
    if decision.answer is None or decision.answer.observed is None or expected.raises is not None:
        return carried
    try:
        return judgement.wrong_before(expected.observed, decision.answer.observed)
    except Exception:  # noqa: BLE001
        return carried  # values that cannot be compared are no right ones


def with_values_of_reference(made: MadeCase, names: tuple[str, ...], expected: Expected) -> MadeCase:
    """The case with the reference's values as inputs, without the steps that make them. Raises AuthorFault."""
    values: dict[str, Value] = {}
    for observation, value in zip(made.observations, expected.observed, strict=True):
        if observation.is_carried and observation.of in names:
            values[observation.of] = _as_input(observation.of, value)
    steps: Any = made.call["steps"]
    observations = tuple(observation for observation in made.observations if not observation.is_carried)
    call: dict[str, Value] = {
        **made.call,
        "inputs": {**made.sent, **values},
        "steps": [step for step in steps if step.get("as") not in values],
        "observe": [observation.entry for observation in observations],
    }
    return replace(made, sent={**made.sent, **values}, observations=observations, call=call)


def followed(own: Decision, through: Decision, names: tuple[str, ...]) -> Decision:
    """The decision that counts, of that on the submission's own values and that on the reference's."""
    if through.verdict is Verdict.ACCEPTED:
        ruling = replace(RIGHT, said=_said(say("right"), names), note=f"with its own values: {own.ruling.said.public}")
        through = replace(through, ruling=ruling)
    elif own.error is not None and through.error is not None and own.error.line == through.error.line:
        return own  # the same exception on the same line: what came before has nothing to do with it
    else:
        through = replace(through, ruling=replace(through.ruling, said=_said(through.ruling.said, names)))
    return replace(through, followed_through=True, answer=own.answer, own_made=own.own_made, wall_s=own.wall_s)


def can_follow(question: OpenQuestion, decision: Decision) -> bool:
    """Whether a case failed that may be graded with values of the reference."""
    if question.reference is None or decision.made is None or decision.verdict in (Verdict.ACCEPTED, Verdict.SKIPPED):
        return False
    return any(observation.is_carried for observation in decision.made.observations)


def _said(said: Said, names: tuple[str, ...]) -> Said:
    *most, last = [f"`{name}`" for name in names]
    listed = f"{', '.join(most)} and {last}" if most else last
    number = {"values": "values", "were": "were"} if most else {"values": "value", "were": "was"}
    lead = say("followed_through", names=listed, **number)
    return Said(said.id, f"{said.public} {lead.public}", f"{said.discreet} {lead.discreet}")


def _as_input(name: str, value: Value) -> Value:
    if isinstance(value, list):
        return [_as_input(name, item) for item in value]
    if isinstance(value, tuple):
        return tuple([_as_input(name, item) for item in value])
    if isinstance(value, dict):
        return {key: _as_input(name, item) for key, item in value.items()}
    if isinstance(value, Tagged) and value.kind not in _HANDED_ON:
        what = "tensors, arrays, numbers, texts, and lists and dicts of them"
        message = f"`{name}` cannot follow through: only {what} can be handed on as values"
        raise AuthorFault(message, where=SOLUTION_FILE, key="follow_through")
    return value
