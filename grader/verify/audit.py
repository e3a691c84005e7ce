"""Whether tolerances leave room for rounding: the reference in double precision against itself in single precision.

The solution is graded like a submission, with single-precision inputs raised to double before the computation and the
answer rounded at its end, against tolerances made ever smaller. The comparator that students meet does the comparing.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

import msgspec

from grader.pipeline.order import CaseResult, RunReport
from grader.spec.locate import statements
from grader.spec.question import SOLUTION_FILE, SPEC_FILE, Question
from grader.spec.version import version_of
from grader.verify.degenerate import wrapped_answer
from grader.verify.result import Finding
from grader.vocab import Diagnosis, Verdict

REQUIRED_MARGIN = 10.0
FURTHER_MARGINS = (100.0, 1000.0)
SMALLER_MARGINS = (3.0, 1.0)

# Of these the precision is to blame; anything else means that the solution cannot be run so.
OF_VALUE = frozenset(
    {Diagnosis.WRONG_VALUE, Diagnosis.LOW_PRECISION, Diagnosis.WRONG_GRADIENT, Diagnosis.CONSTANT_OFFSET}
    | {Diagnosis.CONSTANT_FACTOR, Diagnosis.WRONG_STATE, Diagnosis.NOT_A_NUMBER, Diagnosis.INFINITE}
)
RANDOM_WORDS = ("rand", "normal_(", "uniform_(", "bernoulli", "multinomial", "Generator", "sample(", "dropout")

IN_DOUBLE = """

def _raised(value):
    import torch

    if isinstance(value, torch.Tensor) and value.dtype == torch.float32:
        return value.double()
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return type(value)(map(_raised, value))
    if isinstance(value, dict):
        return {key: _raised(item) for key, item in value.items()}
    return value


def _rounded(value):
    import torch

    if isinstance(value, torch.Tensor) and value.dtype == torch.float64:
        return value.float()
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return type(value)(map(_rounded, value))
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


def _has_double(value):
    import torch

    if isinstance(value, torch.Tensor):
        return value.dtype == torch.float64
    if isinstance(value, dict):
        value = tuple(value.values())
    return isinstance(value, (list, tuple)) and any(map(_has_double, value))


def _in_double(call, arguments, named, owner):
    import torch

    modules = [item for item in (owner, *arguments, *named.values()) if isinstance(item, torch.nn.Module)]
    owned = [(part, name, held) for module in modules for part in module.modules()
             for held in (part._parameters, part._buffers) for name in held if held[name] is not None]
    if _has_double((arguments, named)) or any(held[name].dtype == torch.float64 for _, name, held in owned):
        return call(*arguments, **named)
    kept = [(held, name, held[name]) for _, name, held in owned]
    raised = {}  # what is shared stays shared
    default = torch.get_default_dtype()
    try:
        torch.set_default_dtype(torch.float64)
        for held, name, value in kept:
            held[name] = raised.setdefault(id(value), _raised(value))
        return _rounded(call(*_raised(tuple(arguments)), **_raised(named)))
    finally:
        torch.set_default_dtype(default)
        for held, name, value in kept:
            if held[name]._version:  # the computation wrote to it: that is part of the answer
                with torch.no_grad():
                    value.copy_(held[name])
            held[name] = value
"""


Grade = Callable[[Question, bytes], list[RunReport]]


def audit_tolerances(question: Question, grade: Grade) -> tuple[Finding, float | None]:
    """The finding, and how many times smaller the tolerances could be (None where that cannot be told).

    `grade` grades one source against a variant of the question, with several seeds: rounding varies with the inputs.
    """
    source = in_double_precision(question)
    if source is None:
        return _not_audited("the answer is not the result of one call"), None
    if any(word in question.text(SOLUTION_FILE) for word in RANDOM_WORDS):
        return _not_audited("the reference draws random numbers"), None
    failed = _failed(question, REQUIRED_MARGIN, source, grade)
    if not failed:
        margin = REQUIRED_MARGIN
        for further in FURTHER_MARGINS:
            if _failed(question, further, source, grade):
                break
            margin = further
        return Finding("tolerance", True, f"rounding stays below 1/{margin:g} of the tolerances"), margin
    strange = next((case for case in failed if case.diagnosis not in OF_VALUE), None)
    if strange is not None:
        return _not_audited(f"the reference does not run in double precision ({strange.message})"), None
    names = ", ".join(sorted({repr(case.name) for case in failed}))
    for smaller in SMALLER_MARGINS:
        if not _failed(question, smaller, source, grade):
            text = f"in {names} rounding takes more than a tenth of the tolerance: widen [tolerance]"
            return Finding("tolerance", False, f"{text} (it takes less than 1/{smaller:g})"), smaller
    text = f"in {names} rounding alone takes the reference out of the tolerance: widen [tolerance]"
    return Finding("tolerance", False, text), 0.0


def _not_audited(why: str) -> Finding:
    return Finding("tolerance", True, f"not audited: {why}", checked=False)


def _failed(question: Question, factor: float, source: bytes, grade: Grade) -> list[CaseResult]:
    """Cases that do not pass with tolerances that many times smaller."""
    reports = grade(with_tolerance_divided(question, factor), source)
    return [case for report in reports for case in report.cases if case.verdict is not Verdict.ACCEPTED]


def in_double_precision(question: Question) -> bytes | None:
    """The solution made to compute in double precision; None where no one call gives the answer."""
    wrapped = wrapped_answer(question.spec, "_in_double({function}, {arguments}, {named}, {owner})")
    return None if wrapped is None else (question.text(SOLUTION_FILE) + IN_DOUBLE + wrapped).encode()


def with_tolerance_divided(question: Question, factor: float) -> Question:
    """The same question with all its tolerances that many times smaller."""
    kept = []
    in_tolerance = False
    text = question.text(SPEC_FILE)
    for _, statement in statements(text):
        if statement.lstrip().startswith("["):
            in_tolerance = statement.lstrip().lstrip("[ ").startswith("tolerance")
        if not in_tolerance and not statement.startswith("tolerance."):
            kept.append(statement)
    for precision, numbers in msgspec.to_builtins(question.spec.tolerance).items():
        kept.append(f"[tolerance.{precision}]")
        kept.extend(f"{name} = {json.dumps(value / factor)}" for name, value in numbers.items())
    files = {**question.files, SPEC_FILE: "\n".join(kept).encode()}
    return dataclasses.replace(question, files=files, version=version_of(files))
