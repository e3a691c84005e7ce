"""What a written question accepts: `reference/…/answer.toml`, which never leaves the staff's side before marking."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import msgspec

from grader.errors import AuthorFault
from grader.spec.model import QuestionSpec
from grader.spec.question import ANSWER_FILE
from grader.spec.shape import Mistake, mistakes_of_shape
from grader.spec.text import SpecText
from grader.spec.words import did_you_mean

# What a decimal number may lose on its way through binary; no author has to write a tolerance for that.
ROUNDING = 1e-9


class Trap(msgspec.Struct, frozen=True):
    """A wrong number that people arrive at, and what to tell them."""

    value: float
    text: str


class OptionKey(msgspec.Struct, frozen=True):
    """Whether an option is right, and why: read by whoever chose it."""

    name: str
    right: bool
    text: str


class RubricItem(msgspec.Struct, frozen=True):
    """One thing that a marker looks for in a text."""

    name: str
    points: float
    text: str


class AnswerKey(msgspec.Struct, frozen=True):
    """The key of one written question; which fields count depends on its kind."""

    explanation: str = ""
    value: float | None = None
    tolerance: float = 0.0
    low: float | None = None
    high: float | None = None
    traps: tuple[Trap, ...] = msgspec.field(default=(), name="trap")
    options: tuple[OptionKey, ...] = msgspec.field(default=(), name="option")
    model_answer: str = ""
    rubric: tuple[RubricItem, ...] = ()

    def accepts(self, number: float) -> bool:
        """Whether the number is right: near enough to the value, or between the bounds."""
        if self.value is not None:
            return abs(number - self.value) <= self.tolerance + ROUNDING * abs(self.value)
        if self.low is None or self.high is None:
            return False
        return self.low - ROUNDING * abs(self.low) <= number <= self.high + ROUNDING * abs(self.high)

    @property
    def right_options(self) -> frozenset[str]:
        """Names of the options to choose."""
        return frozenset(option.name for option in self.options if option.right)


KEYS_OF_KIND = {
    "numeric": {"value", "tolerance", "low", "high", "trap", "explanation"},
    "choice": {"option", "explanation"},
    "text": {"model_answer", "rubric", "explanation"},
}


def answer_key_of(files: Mapping[str, bytes]) -> AnswerKey | None:
    """The key among a sound question's files; None where there is none."""
    if ANSWER_FILE not in files:
        return None
    return msgspec.convert(SpecText.parse(files[ANSWER_FILE], ANSWER_FILE).data, AnswerKey)


def faults_of_answer_key(spec: QuestionSpec, files: Mapping[str, bytes]) -> Iterator[AuthorFault]:
    """Everything wrong with the key of a written question, with its line."""
    if ANSWER_FILE not in files:
        yield AuthorFault("the file is missing: it says which answer is right", where=ANSWER_FILE)
        return
    try:
        text = SpecText.parse(files[ANSWER_FILE], ANSWER_FILE)
    except AuthorFault as fault:
        yield fault
        return
    mistakes = list(mistakes_of_shape(text.data, AnswerKey))
    if not mistakes:
        known = KEYS_OF_KIND[spec.kind] | (KEYS_OF_KIND["text"] if spec.is_marked else set())
        foreign = [key for key in text.data if key not in known]
        mistakes = [((key,), f"the key of a question of kind {spec.kind!r} has no {key!r}") for key in foreign]
    if not mistakes:
        mistakes = list(_contradictions(spec, msgspec.convert(text.data, AnswerKey)))
    for path, message in mistakes:
        yield text.fault(path, message)


def _contradictions(spec: QuestionSpec, key: AnswerKey) -> Iterator[Mistake]:
    if spec.kind == "numeric":
        yield from _numeric(key)
    elif spec.kind == "choice":
        yield from _choice(spec, key)
    if spec.is_marked:
        yield from _rubric(spec, key)


def _numeric(key: AnswerKey) -> Iterator[Mistake]:
    numbers = {"value": key.value, "tolerance": key.tolerance, "low": key.low, "high": key.high}
    for name, number in numbers.items():
        if number is not None and not math.isfinite(number):
            yield (name,), "must be a finite number"
            return
    if (key.value is None) == (key.low is None and key.high is None):
        yield (), "give either 'value', perhaps with 'tolerance', or 'low' and 'high'"
        return
    if key.value is None:
        if key.low is None or key.high is None:
            yield ("high" if key.low is None else "low",), "'low' and 'high' go together"
            return
        if key.low >= key.high:
            yield ("low",), "'low' must be below 'high'"
        if key.tolerance:
            yield ("tolerance",), "the bounds are the tolerance: leave it out"
    elif key.tolerance < 0:
        yield ("tolerance",), "must be 0 or above"
    if not key.explanation.strip():
        yield ("explanation",), "say how the number comes about: students read it once they are done"
    for index, trap in enumerate(key.traps):
        if key.accepts(trap.value):
            yield ("trap", index, "value"), f"{trap.value:g} is accepted as right"
        if not trap.text.strip():
            yield ("trap", index, "text"), "must not be empty"


def _choice(spec: QuestionSpec, key: AnswerKey) -> Iterator[Mistake]:
    offered = [option.name for option in spec.options]
    keyed = [option.name for option in key.options]
    for index, option in enumerate(key.options):
        if option.name not in offered:
            yield ("option", index, "name"), f"no option {option.name!r}{did_you_mean(option.name, offered)}"
        elif option.name in keyed[:index]:
            yield ("option", index, "name"), f"a second key for {option.name!r}"
        if not option.text.strip():
            yield ("option", index, "text"), "say why it is right or wrong: whoever chooses it reads that"
    for name in offered:
        if name not in keyed:
            yield (), f"nothing about the option {name!r}: say whether it is right, and why"
    right = len(key.right_options)
    if spec.answer is not None and not spec.answer.multiple and right != 1:
        yield (), f"{right} options are right; exactly one must be, or set answer.multiple in the spec"
    elif right == 0 or right == len(offered):
        yield (), "there must be right options and wrong ones"


def _rubric(spec: QuestionSpec, key: AnswerKey) -> Iterator[Mistake]:
    if not key.model_answer.strip():
        yield ("model_answer",), "must not be empty: markers measure against it"
    if not key.rubric:
        yield (), "no [[rubric]]: it says what earns points"
    for index, item in enumerate(key.rubric):
        if not 0 < item.points < float("inf"):
            yield ("rubric", index, "points"), "must be above 0"
        if not item.name.strip() or not item.text.strip():
            yield ("rubric", index), "needs a name and a text"
        if item.name in [earlier.name for earlier in key.rubric[:index]]:
            yield ("rubric", index, "name"), f"a second item {item.name!r}"
    assert spec.answer is not None
    points = sum(item.points for item in key.rubric)
    name, asked = ("reason", spec.answer.reason) if spec.answer.reason else ("points", spec.answer.points)
    if key.rubric and not math.isclose(points, asked):
        yield ("rubric",), f"its items make {points:g} points, answer.{name} says {asked:g}"
