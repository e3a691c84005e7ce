"""What a spec says of follow-through that cannot be true together."""

from __future__ import annotations

from collections.abc import Iterator

from grader.spec.locate import KeyPath
from grader.spec.model import Grade, QuestionSpec, Step
from grader.spec.shape import Mistake

# What a case may grade behind a value that the reference's may stand for: nothing that the step left out has a part in.
OF_VALUES = frozenset({"of", "value", "checks", "pure", "dtype", "shape", "container", "scalar"})


def follow_through(spec: QuestionSpec) -> Iterator[Mistake]:
    """Contradictions of steps that may be stood in for, and of the cases behind them."""
    for index, step in enumerate(spec.steps):
        if step.follow_through:
            yield from _of_step(spec, index, step)
    if any(step.follow_through for step in spec.steps):
        yield from _of_cases(spec)


def _of_step(spec: QuestionSpec, index: int, step: Step) -> Iterator[Mistake]:
    path: KeyPath = ("step", index, "follow_through")
    name = step.as_
    if name is None:
        yield path, "what the step makes has no name: give it one with 'as'"
        return
    if sum(other.as_ == name for other in spec.steps) > 1:
        yield path, f"several steps make {name!r}: which of them would be replaced?"
    later = spec.steps[index + 1 :]
    if not any(name in other.uses() for other in later):
        yield path, f"no later step uses {name!r}, so that nothing follows from it"
    for other in later:
        if other.call is not None and other.call.partition(".")[0] == name:
            yield path, f"a later step calls {other.call!r}: only a value can be replaced, not an object with methods"
        if name in (other.load, other.to):
            yield path, f"a later step changes {name!r} with {other.verb!r}: only a value can be replaced"
    if not any(spec.grade_of(case).of == name for case in spec.cases):
        yield path, f"no case grades {name!r}, so that getting it wrong would cost nothing: write of = {name!r} in one"


def _of_cases(spec: QuestionSpec) -> Iterator[Mistake]:
    for index, case in enumerate(spec.cases):
        grade = spec.grade_of(case)
        carried = spec.carried_into(grade)
        if not carried:
            continue
        for key in Grade.__struct_fields__:
            if key not in OF_VALUES and key != "weights" and getattr(grade, key) != getattr(Grade(), key):
                path: KeyPath = ("case", index, "grade", key) if key in case.grade else ("grade", key)
                message = (
                    f"cannot be graded in the case {case.name!r}: where the reference's value stands for"
                    f" {carried[0]!r}, the step that makes it is left out, and with it its graph and its effects"
                )
                yield path, message
