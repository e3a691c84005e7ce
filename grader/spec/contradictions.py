"""What a spec says that cannot be true together, whatever its files hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from grader.spec.follow_through import follow_through
from grader.spec.locate import KeyPath
from grader.spec.model import RESULT, SUBMISSION, VERBS, Case, Grade, QuestionSpec, Step
from grader.spec.shape import Mistake
from grader.spec.words import did_you_mean
from grader.vocab import Visibility

DTYPES = (
    *("float16", "bfloat16", "float32", "float64", "complex64", "complex128", "bool"),
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
)
OPTION_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
# Keys that a step may have besides its verb.
STEP_KEYS = {
    "call": {"args", "kwargs", "as", "follow_through"},
    "load": {"from", "by"},
    "to": {"dtype"},
    "probe": {"args", "as", "follow_through"},
}


def is_dtype_argument(name: str) -> bool:
    """Whether a case's argument of this name reaches its maker as a `torch.dtype`."""
    return name == "dtype" or name.endswith("_dtype")


def contradictions(spec: QuestionSpec) -> Iterator[Mistake]:
    """Every contradiction found, in the order of the file's sections."""
    for key in ("title", "source"):
        if not getattr(spec, key).strip():
            yield (key,), "must not be empty"
    if spec.kind != "code":
        for key, present in (("entry", spec.entry), ("step", spec.steps), ("group", spec.groups), ("case", spec.cases)):
            if present:
                yield (key,), f"a question of kind {spec.kind!r} has no [{key}]"
        yield from _answer(spec)
        return
    for key, given in (("answer", spec.answer), ("option", spec.options)):
        if given:
            yield (key,), f"only a written question has [{key}]"
    yield from _entry(spec)
    yield from _numbers(spec)
    if spec.entry is not None:
        yield from _steps(spec)
        yield from _grades(spec)
        yield from follow_through(spec)
    yield from _groups(spec)
    yield from _cases(spec)
    yield from _hints(spec)


def grades(spec: QuestionSpec) -> Iterator[tuple[KeyPath, Grade, frozenset[str]]]:
    """`[grade]` and every case's merged grade, with the path of what was written and the keys that count there.

    A key that a case inherits does not count again: its fault is that of `[grade]`.
    """
    yield ("grade",), spec.grade, frozenset(Grade.__struct_fields__)
    for index, case in enumerate(spec.cases):
        if case.grade:
            yield ("case", index, "grade"), spec.grade_of(case), frozenset(case.grade)


def _answer(spec: QuestionSpec) -> Iterator[Mistake]:
    answer = spec.answer
    if answer is None:
        yield (), "the table [answer] is missing: it says how many points the answer is worth"
        return
    if not 0 < answer.points < float("inf"):
        yield ("answer", "points"), "must be above 0"
    for key, kind in (("unit", "numeric"), ("multiple", "choice"), ("reason", "choice"), ("max_words", "text")):
        if getattr(answer, key) and spec.kind != kind and not (key == "max_words" and spec.is_marked):
            yield ("answer", key), f"only a question of kind {kind!r} has it"
    if answer.reason and not 0 < answer.reason < answer.points:
        yield ("answer", "reason"), "must be above 0, and leave some of answer.points to the choice"
    if answer.max_words is not None and answer.max_words < 1:
        yield ("answer", "max_words"), "must be above 0"
    if spec.kind != "choice":
        if spec.options:
            yield ("option",), f"a question of kind {spec.kind!r} has no [[option]]"
        return
    if len(spec.options) < 2:
        yield (), "a choice needs at least two [[option]]s"
    for index, option in enumerate(spec.options):
        if not OPTION_NAME.fullmatch(option.name):
            yield ("option", index, "name"), f"{option.name!r} is no name: use a-z, 0-9, - and _"
        if not option.text.strip():
            yield ("option", index, "text"), "must not be empty"
    for index in _repeated([option.name for option in spec.options]):
        yield ("option", index, "name"), f"a second option {spec.options[index].name!r}"


def _entry(spec: QuestionSpec) -> Iterator[Mistake]:
    entry = spec.entry
    if entry is None:
        yield (), "the table [entry] is missing: it names what a submission must define"
        return
    if not entry.name.isidentifier():
        yield ("entry", "name"), f"{entry.name!r} is not a Python name"
    for index, name in enumerate(entry.parameters):
        if not name.isidentifier():
            yield ("entry", "parameters", index), f"{name!r} is not a Python name"
    for index in _repeated(entry.parameters):
        yield ("entry", "parameters", index), f"{entry.parameters[index]!r} is there twice"


def _numbers(spec: QuestionSpec) -> Iterator[Mistake]:
    limits = msgspec.to_builtins(spec.limits)
    for name, value in limits.items():
        if value <= 0:
            yield ("limits", name), "must be above 0"
    if spec.limits.total_wall_s < spec.limits.wall_s:
        yield ("limits", "total_wall_s"), "the whole run gets less time than one call (wall_s)"
    for precision, numbers in msgspec.to_builtins(spec.tolerance).items():
        for name, value in numbers.items():
            if not 0 <= value < float("inf"):
                yield ("tolerance", precision, name), "must be a finite number, 0 or above"
        if not any(numbers.values()):
            yield ("tolerance", precision), "nothing but 0: no answer in floating point would pass"


def _steps(spec: QuestionSpec) -> Iterator[Mistake]:
    if spec.entry is not None and spec.entry.kind == "class" and not spec.steps:
        yield ("entry", "kind"), "a class needs [[step]]s that say how it is made and called"
    made: list[str] = []
    for index, step in enumerate(spec.steps):
        path: KeyPath = ("step", index)
        verbs = [verb for verb in VERBS if getattr(step, verb) is not None]
        if len(verbs) != 1:
            yield path, f"a step has exactly one of {', '.join(VERBS)}"
            continue
        yield from _step(step, path, verbs[0], made)
        if step.to is not None:
            yield from _dtype_of_step(spec, step.dtype or "", path)
        if step.as_ is not None:
            made.append(step.as_)


def _step(step: Step, path: KeyPath, verb: str, made: list[str]) -> Iterator[Mistake]:
    written: dict[str, object] = {"args": step.args, "kwargs": step.kwargs, "as": step.as_}
    written |= {"from": step.from_, "by": step.by, "dtype": step.dtype, "follow_through": step.follow_through}
    for key, value in written.items():
        if value and key not in STEP_KEYS[verb]:
            yield (*path, key), f"a step with {verb!r} has no {key!r}"
    if step.load is not None and step.from_ is None:
        yield path, "a step with 'load' needs 'from': the name of the input that holds the values"
    if step.call is not None:
        target = step.call.partition(".")[0]
        if target != SUBMISSION and target not in made:
            known = did_you_mean(target, (SUBMISSION, *made))
            yield (*path, "call"), f"no earlier step makes {target!r}{known}"
    if step.as_ is not None and (not step.as_.isidentifier() or step.as_ == SUBMISSION):
        yield (*path, "as"), f"{step.as_!r} cannot be the name of a result"


def _dtype_of_step(spec: QuestionSpec, dtype: str, path: KeyPath) -> Iterator[Mistake]:
    """A dtype, or the name of an arg that every case gives."""
    if dtype in DTYPES or (is_dtype_argument(dtype) and all(dtype in case.args for case in spec.cases)):
        return
    known = did_you_mean(dtype, DTYPES)
    yield (*path, "dtype"), f"a step with 'to' needs a dtype, or the name of such an arg of every case{known}"


def _grades(spec: QuestionSpec) -> Iterator[Mistake]:
    if any(sum(getattr(step, verb) is not None for verb in VERBS) != 1 for step in spec.steps):
        return
    made = [step.as_ for step in spec.program() if step.as_ is not None]
    # What `[grade]` says of `result` concerns no case where each names another value.
    of_others = bool(spec.cases) and all("of" in case.grade for case in spec.cases)
    for path, grade, keys in grades(spec):
        if of_others and path == ("grade",):
            keys -= {"of", "value"}
        for inside, message in _grade(grade, spec.inputs, made):
            if inside[0] in keys:
                yield (*path, *inside), message
        if not grade.compares_something:
            yield path, "nothing is compared: every answer would pass"


def _grade(grade: Grade, inputs: tuple[str, ...], made: list[str]) -> Iterator[Mistake]:
    known = (*inputs, *made)
    for key in ("gradients", "logs", "pure"):
        named = getattr(grade, key)
        yield from _unknown_names(named if isinstance(named, tuple) else (), inputs, (key,), "input")
    for key in ("parameter_gradients", "state", "training", "attributes", "instance"):
        yield from _unknown_names(getattr(grade, key), known, (key,), "input or result")
    for pair in grade.same:
        yield from _unknown_names(pair, known, ("same",), "input or result")
    for name, most in grade.operators.max.items():
        if most < 0:
            yield ("operators", "max", name), "must be 0 or above"
    if grade.of != RESULT and grade.of not in made:
        yield ("of",), f"no step makes {grade.of!r}{did_you_mean(grade.of, made)}"
    elif grade.of not in made:
        for key in ("value", "gradients", "parameter_gradients"):
            if getattr(grade, key):
                yield (key,), f"no step makes {RESULT!r}; name one so, or set {key} to nothing"


def _groups(spec: QuestionSpec) -> Iterator[Mistake]:
    if not spec.groups:
        yield (), "no [[group]]: it says how many points the cases share"
    used = {case.group for case in spec.cases}
    for index, group in enumerate(spec.groups):
        if not 0 < group.points < float("inf"):
            yield ("group", index, "points"), "must be above 0"
        if group.name not in used:
            yield ("group", index, "name"), f"no case is in the group {group.name!r}"
    for index in _repeated([group.name for group in spec.groups]):
        yield ("group", index, "name"), f"a second group {spec.groups[index].name!r}"


def _cases(spec: QuestionSpec) -> Iterator[Mistake]:
    for visibility in Visibility:
        if not any(case.visibility is visibility for case in spec.cases):
            yield (), f"no {visibility.value} case"
    groups = [group.name for group in spec.groups]
    for index, case in enumerate(spec.cases):
        for path, message in (*_case(case, groups), *_arguments(case)):
            yield ("case", index, *path), message
    for index in _repeated([case.name for case in spec.cases]):
        yield ("case", index, "name"), f"a second case {spec.cases[index].name!r}"


def _case(case: Case, groups: list[str]) -> Iterator[Mistake]:
    if not case.name.strip():
        yield ("name",), "must not be empty"
    if case.group not in groups:
        yield ("group",), f"no group {case.group!r}{did_you_mean(case.group, groups)}"
    if case.visibility is Visibility.PUBLIC and case.seed is None:
        yield (), "a public case needs a seed: students see its inputs"
    if case.visibility is Visibility.HIDDEN and case.seed is not None:
        yield ("seed",), "a hidden case has no seed: every submission gets fresh inputs"
    if not 0 < case.weight < float("inf"):
        yield ("weight",), "must be above 0"


def _arguments(case: Case) -> Iterator[Mistake]:
    for name, value in case.args.items():
        if is_dtype_argument(name) and value not in DTYPES:
            yield ("args", name), f"no dtype {value!r}{did_you_mean(str(value), DTYPES)}"
    for name, least in case.shrink.items():
        given = case.args.get(name)
        if not isinstance(given, int) or isinstance(given, bool):
            yield ("shrink", name), f"{name!r} is no whole number among the args of this case"
        elif least > given:
            yield ("shrink", name), f"cannot shrink {name!r} from {given} to {least}"


def _hints(spec: QuestionSpec) -> Iterator[Mistake]:
    cases = [case.name for case in spec.cases]
    groups = [group.name for group in spec.groups]
    for index, hint in enumerate(spec.hints):
        if not hint.text.strip():
            yield ("hint", index, "text"), "must not be empty"
        if hint.case is not None and hint.case not in cases:
            yield ("hint", index, "case"), f"no case {hint.case!r}{did_you_mean(hint.case, cases)}"
        if hint.group is not None and hint.group not in groups:
            yield ("hint", index, "group"), f"no group {hint.group!r}{did_you_mean(hint.group, groups)}"
    for index, survivor in enumerate(spec.survivors):
        if not survivor.reason.strip():
            yield ("survivor", index, "reason"), "say why no case can catch this mutant"
    for index in _repeated([survivor.mutant for survivor in spec.survivors]):
        yield ("survivor", index, "mutant"), "listed twice"


def _unknown_names(named: Iterable[str], known: tuple[str, ...], path: KeyPath, kind: str) -> Iterator[Mistake]:
    for name in named:
        if name not in known:
            yield path, f"no {kind} {name!r}{did_you_mean(name, known)}"


def _repeated(names: Iterable[str]) -> list[int]:
    """Positions of names that stood there before."""
    seen: set[str] = set()
    found = []
    for index, name in enumerate(names):
        if name in seen:
            found.append(index)
        seen.add(name)
    return found
