"""What `question.toml` says, as data. The format is explained in `docs/authoring.md`."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from grader.vocab import Diagnosis, Limits, Visibility

Kind = Literal["code", "numeric", "choice", "text"]
EntryKind = Literal["function", "class"]

SUBMISSION = "submission"
RESULT = "result"


class Entry(msgspec.Struct, frozen=True):
    """The name a submission must define; `parameters` are of the function, or of `__init__`."""

    kind: EntryKind
    name: str
    parameters: tuple[str, ...] = ()


class Operators(msgspec.Struct, frozen=True):
    """Limits on the aten operators executed. Advisory: they are counted inside the student's process."""

    forbid: tuple[str, ...] = ()
    max: dict[str, int] = {}


class Grade(msgspec.Struct, frozen=True):
    """What is compared in a case; `of` names what the steps made that value, gradients and checks are of."""

    of: str = RESULT
    value: bool = True
    gradients: tuple[str, ...] = ()
    weights: str | None = None
    parameter_gradients: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    attributes: dict[str, tuple[str, ...]] = {}
    pure: bool | tuple[str, ...] = False
    operators: Operators = Operators()
    random_state: bool = False
    logs: tuple[str, ...] = ()
    training: tuple[str, ...] = ()
    instance: dict[str, str] = {}
    same: tuple[tuple[str, str], ...] = ()
    checks: tuple[str, ...] = ()
    dtype: Literal["exact", "kind", "any"] = "exact"
    shape: Literal["exact", "squeeze"] = "exact"
    container: Literal["any", "exact"] = "any"
    scalar: Literal["any", "tensor", "number"] = "any"

    @property
    def compares_something(self) -> bool:
        """Whether any answer at all could fail."""
        of_results = (self.value, self.gradients, self.parameter_gradients, self.attributes, self.instance, self.same)
        of_effects = (self.state, self.pure, self.random_state, self.logs, self.training)
        return any((*of_results, *of_effects, self.checks, self.operators != Operators()))


class Float64Tolerance(msgspec.Struct, frozen=True):
    """|got - expected| <= atol + atol_scale * largest expected entry + rtol * |expected|."""

    rtol: float = 1e-7
    atol: float = 1e-9
    atol_scale: float = 0.0


class Float32Tolerance(msgspec.Struct, frozen=True):
    """The same sum as for float64, with defaults that fit a precision of 24 bits."""

    rtol: float = 1e-4
    atol: float = 0.0
    atol_scale: float = 1e-5


class Tolerance(msgspec.Struct, frozen=True):
    """How far an answer may be off, by the precision in which the question computes."""

    float64: Float64Tolerance = Float64Tolerance()
    float32: Float32Tolerance = Float32Tolerance()


class Step(msgspec.Struct, frozen=True):
    """One thing done with the submission; exactly one of `call`, `load`, `to` and `probe` is set.

    With `follow_through`, where the submission's own value is wrong the steps after it are also graded with the
    reference's value in its place.
    """

    call: str | None = None
    load: str | None = None
    to: str | None = None
    probe: str | None = None
    args: tuple[str, ...] = ()
    kwargs: dict[str, str] = {}
    as_: str | None = msgspec.field(default=None, name="as")
    from_: str | None = msgspec.field(default=None, name="from")
    by: Literal["name", "order", "shape"] | None = None
    dtype: str | None = None
    follow_through: bool = False

    @property
    def verb(self) -> str:
        """`call`, `load`, `to` or `probe`."""
        return next(verb for verb in VERBS if getattr(self, verb) is not None)

    def uses(self) -> tuple[str, ...]:
        """Names of inputs and earlier results that this step needs, but for the target of a call."""
        named = (self.load, self.from_, self.to)
        return (*self.args, *self.kwargs.values(), *(name for name in named if name is not None))

    def message(self) -> dict[str, Any]:
        """The step as the harness is told it (see "What the student's child is told" in the architecture)."""
        if self.load is not None:
            return {"load": self.load, "from": self.from_, "by": self.by or "name"}
        if self.to is not None:
            return {"to": self.to, "dtype": self.dtype}
        told: dict[str, Any] = {"args": list(self.args), "as": self.as_}
        if self.probe is not None:
            return {"probe": self.probe, **told}
        return {"call": self.call, **told, "kwargs": dict(self.kwargs)}


VERBS = ("call", "load", "to", "probe")


class Group(msgspec.Struct, frozen=True):
    """Cases that share points."""

    name: str
    points: float
    all_or_nothing: bool = False


class Case(msgspec.Struct, frozen=True):
    """One set of inputs. `grade` holds overrides only; ask `QuestionSpec.grade_of` for what counts."""

    name: str
    group: str
    visibility: Visibility
    make: str
    args: dict[str, Any] = {}
    seed: int | None = None
    weight: float = 1.0
    shrink: dict[str, int] = {}
    grade: dict[str, Any] = {}


class Hint(msgspec.Struct, frozen=True):
    """What a student reads when a case gets this diagnosis."""

    diagnosis: Diagnosis
    text: str
    case: str | None = None
    group: str | None = None


class Survivor(msgspec.Struct, frozen=True):
    """A mutant of the reference that no case can catch, and why."""

    mutant: str
    reason: str


class Answer(msgspec.Struct, frozen=True):
    """What a written question asks for; what is right stands in `answer.toml`, beside the reference.

    `reason` is how many of the points of a choice a person gives for why it was made; 0 where no reason is asked for.
    """

    points: float
    unit: str = ""
    multiple: bool = False
    reason: float = 0.0
    max_words: int | None = None

    @property
    def points_of_choice(self) -> float:
        """What the key decides about as the answer comes in."""
        return self.points - self.reason


class Option(msgspec.Struct, frozen=True):
    """One answer to choose; `name` is what programs call it."""

    name: str
    text: str


class QuestionSpec(msgspec.Struct, frozen=True, rename={"steps": "step", "groups": "group", "cases": "case"}):
    """A whole `question.toml`. Written kinds have an answer for entry, groups and cases."""

    title: str
    kind: Kind
    source: str
    device: Literal["cpu", "cuda"] = "cpu"
    notes: str = ""
    entry: Entry | None = None
    limits: Limits = Limits()
    grade: Grade = Grade()
    tolerance: Tolerance = Tolerance()
    steps: tuple[Step, ...] = ()
    groups: tuple[Group, ...] = ()
    cases: tuple[Case, ...] = ()
    hints: tuple[Hint, ...] = msgspec.field(default=(), name="hint")
    survivors: tuple[Survivor, ...] = msgspec.field(default=(), name="survivor")
    answer: Answer | None = None
    options: tuple[Option, ...] = msgspec.field(default=(), name="option")

    @property
    def entry_point(self) -> Entry:
        """The entry of a question of kind `code`."""
        if self.entry is None:
            raise ValueError("a written question has no entry point")
        return self.entry

    @property
    def max_score(self) -> float:
        """Points of all groups together, or of the written answer."""
        if self.answer is not None:
            return self.answer.points
        return sum(group.points for group in self.groups)

    @property
    def is_marked(self) -> bool:
        """Whether a person gives points, for a text or for the reason of a choice."""
        return self.kind == "text" or (self.answer is not None and self.answer.reason > 0)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names that the program takes from what a case makes, in the order of their first use."""
        made: set[str] = set()
        used: dict[str, None] = {}
        for step in self.program():
            used.update((name, None) for name in step.uses() if name not in made)
            if step.as_ is not None:
                made.add(step.as_)
        if self.grade.weights is not None:
            used[self.grade.weights] = None
        return tuple(used)

    def program(self) -> tuple[Step, ...]:
        """The steps of every case; without any, one call of the function with its parameters."""
        if self.steps or self.entry is None:
            return self.steps
        return (Step(call=SUBMISSION, args=self.entry.parameters, as_=RESULT),)

    def program_of(self, grade: Grade) -> tuple[Step, ...]:
        """The steps of a case. Where it grades another value than `result`: those up to the one that makes it.

        Of these, parts that may be stood in for are left out where nothing depends on them: their failures are theirs.
        """
        program = self.program()
        made = [index for index, step in enumerate(program) if step.as_ == grade.of]
        if grade.of == RESULT or not made:
            return program
        kept: list[Step] = []
        needed = {grade.of}
        for step in reversed(program[: made[-1] + 1]):
            if not step.follow_through or step.as_ in needed:
                kept.append(step)
                needed.update(step.uses())
        return tuple(reversed(kept))

    def carried_into(self, grade: Grade) -> tuple[str, ...]:
        """What earlier parts make that the reference's values may stand for when this is graded."""
        program = self.program_of(grade)
        return tuple(step.as_ for step in program if step.follow_through and step.as_ and step.as_ != grade.of)

    def grade_of(self, case: Case) -> Grade:
        """`[grade]` with the keys of the case's own `[case.grade]` put over it."""
        if not case.grade:
            return self.grade
        return msgspec.convert({**msgspec.to_builtins(self.grade), **case.grade}, Grade)

    def group(self, name: str) -> Group:
        """The group of that name; KeyError when there is none."""
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)

    def case(self, name: str) -> Case:
        """The case of that name; KeyError when there is none."""
        for case in self.cases:
            if case.name == name:
                return case
        raise KeyError(name)

    def points_of(self, case: Case) -> float:
        """The case's share of its group's points."""
        whole = sum(other.weight for other in self.cases if other.group == case.group)
        return self.group(case.group).points * case.weight / whole
