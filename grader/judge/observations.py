"""What is looked at in a case: the entries of `observe` that the harness is told, and the keys that checks know."""

from __future__ import annotations

from dataclasses import dataclass

from grader.spec.model import Case, Grade, QuestionSpec
from grader.wire import Value


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that is looked at. `key` is its name in `CaseView.got`, `of` the name that it belongs to."""

    key: str
    what: str
    of: str
    entry: dict[str, Value]
    structure_only: bool = False  # a check decides about the values
    is_extra: bool = False  # looked at for the checks only
    is_carried: bool = False  # an earlier part's value: graded by cases of its own


def observations_of(spec: QuestionSpec, case: Case) -> tuple[Observation, ...]:
    """Everything that is observed in this case, what tells most first."""
    grade = spec.grade_of(case)
    found: list[Observation] = []
    if grade.value or grade.checks:
        entry: dict[str, Value] = {"what": "value", "of": grade.of}
        found.append(Observation("value", "value", grade.of, entry, structure_only=not grade.value))
    found += _of_the_graph(grade)
    found += [_of_one("state", name) for name in grade.state]
    found += [
        Observation(f"attribute:{of}.{name}", "attribute", of, {"what": "attribute", "of": of, "name": name})
        for of, names in grade.attributes.items()
        for name in names
    ]
    found += [_of_one("log", name) for name in grade.logs]
    found += _of_effects(spec, grade)
    if grade.checks:
        made = dict.fromkeys(step.as_ for step in spec.program_of(grade))
        found += [_extra(name) for name in made if name is not None and name != grade.of]
    found += [_carried(name) for name in spec.carried_into(grade)]
    return tuple(found)


def _extra(name: str) -> Observation:
    return Observation(name, "value", name, {"what": "value", "of": name}, structure_only=True, is_extra=True)


def _carried(name: str) -> Observation:
    return Observation(f"carried:{name}", "value", name, {"what": "value", "of": name}, is_carried=True)


def _of_one(what: str, name: str) -> Observation:
    return Observation(f"{what}:{name}", what, name, {"what": what, "of": name})


def _of_the_graph(grade: Grade) -> list[Observation]:
    found: list[Observation] = []
    if grade.gradients:
        wrt: list[Value] = list(grade.gradients)
        entry: dict[str, Value] = {"what": "gradient", "of": grade.of, "wrt": wrt, "weights": grade.weights}
        found.append(Observation("gradient", "gradient", grade.of, entry))
    for module in grade.parameter_gradients:
        entry = {"what": "parameter_gradient", "of": grade.of, "module": module}
        found.append(Observation(f"parameter_gradient:{module}", "parameter_gradient", module, entry))
    return found


def _of_effects(spec: QuestionSpec, grade: Grade) -> list[Observation]:
    pure = spec.inputs if grade.pure is True else grade.pure or ()
    found = [_of_one("input", name) for name in pure]
    if grade.random_state:
        found.append(Observation("random_state", "random_state", "", {"what": "random_state"}))
    found += [_of_one("training", name) for name in grade.training]
    for name, dotted in grade.instance.items():
        entry: dict[str, Value] = {"what": "isinstance", "of": name, "class": dotted}
        found.append(Observation(f"instance:{name}", "isinstance", name, entry))
    found += [Observation(f"same:{a}:{b}", "same", a, {"what": "same", "a": a, "b": b}) for a, b in grade.same]
    if grade.operators.forbid or grade.operators.max:
        found.append(Observation("operators", "operators", "", {"what": "operators"}))
    return found
