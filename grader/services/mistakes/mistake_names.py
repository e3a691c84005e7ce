"""What a mistake is called while nobody has given it a name: in plain words, by what its failing cases came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.store.runs import CaseOutcome
from grader.vocab import Diagnosis, Verdict, Visibility

MOST_CHARS = 200  # of a name, as its column has it

OF_DIAGNOSIS: dict[str, str] = {
    Diagnosis.NONE_RETURNED: "Nothing is returned",
    Diagnosis.WRONG_TYPE: "Result of the wrong type",
    Diagnosis.WRONG_LENGTH: "Wrong number of items",
    Diagnosis.MISSING_KEY: "A key is missing from the result",
    Diagnosis.WRONG_SHAPE: "Wrong shape",
    Diagnosis.WRONG_DTYPE: "Wrong dtype",
    Diagnosis.WRONG_DEVICE: "Result on the wrong device",
    Diagnosis.NOT_A_NUMBER: "NaN where a number is asked for",
    Diagnosis.INFINITE: "Infinite where a finite number is asked for",
    Diagnosis.WRONG_VALUE: "Wrong values",
    Diagnosis.TRANSPOSED: "Transposed",
    Diagnosis.BROADCAST: "Broadcast by accident",
    Diagnosis.CONSTANT_FACTOR: "Off by a constant factor",
    Diagnosis.CONSTANT_OFFSET: "Off by an added constant",
    Diagnosis.MEAN_FOR_SUM: "Mean where a sum is asked for",
    Diagnosis.SUM_FOR_MEAN: "Sum where a mean is asked for",
    Diagnosis.SIGN: "Wrong sign",
    Diagnosis.WRONG_AXIS: "Along the wrong axis",
    Diagnosis.BIASED_VARIANCE: "Variance divided by the wrong count",
    Diagnosis.PERMUTED: "Right values in the wrong order",
    Diagnosis.SWAPPED: "Two parts of the result swapped",
    Diagnosis.SQUARED: "Squared where it should not be",
    Diagnosis.NOT_SQUARED: "A square is missing",
    Diagnosis.CONSTANT_ANSWER: "The same result whatever the inputs",
    Diagnosis.INPUT_RETURNED: "An input returned as it came",
    Diagnosis.LOW_PRECISION: "Less precise than the dtype allows",
    Diagnosis.DETACHED: "Cut off from the autograd graph",
    Diagnosis.MISSING_GRADIENT: "A gradient is missing",
    Diagnosis.WRONG_GRADIENT: "Wrong gradient",
    Diagnosis.ACCUMULATED_GRADIENT: "Gradient added to one from before",
    Diagnosis.STILL_ATTACHED: "Still attached to the autograd graph",
    Diagnosis.INPUT_CHANGED: "An input is changed in place",
    Diagnosis.STATE_NOT_CHANGED: "State that should change does not",
    Diagnosis.WRONG_STATE: "Parameters or buffers end up wrong",
    Diagnosis.NOT_REGISTERED: "Parameter or submodule not registered",
    Diagnosis.RANDOM_STATE_CHANGED: "Global random generators used or seeded",
    Diagnosis.ALIASED: "Result shares memory that it should not",
    Diagnosis.TRACE_SHIFTED: "Trace shifted by a step",
    Diagnosis.WRONG_TRACE_LENGTH: "Trace of the wrong length",
    Diagnosis.NOT_CONVERGED: "Does not converge",
    Diagnosis.REPEATED_DRAW: "The same random draw again and again",
    Diagnosis.WRONG_DISTRIBUTION: "Wrong distribution",
    Diagnosis.NOT_REPRODUCIBLE: "The same seed gives different results",
    Diagnosis.TOO_MANY_OPERATIONS: "More tensor operations than needed",
    Diagnosis.FORBIDDEN_OPERATION: "Uses an operation that is ruled out",
    Diagnosis.WRONG_CALLS: "Calls a given function in the wrong way",
    Diagnosis.SYNTAX_ERROR: "Not valid Python",
    Diagnosis.BAD_ENCODING: "Not UTF-8 text",
    Diagnosis.MISSING_ENTRY_POINT: "The function or class asked for is not there",
    Diagnosis.WRONG_PARAMETERS: "Takes the wrong parameters",
    Diagnosis.IMPORT_FAILED: "Fails while it is imported",
    Diagnosis.EXCEPTION: "Raises an exception",
    Diagnosis.TIMED_OUT: "Takes longer than allowed",
    Diagnosis.OUT_OF_MEMORY: "Takes more memory than allowed",
    Diagnosis.TOO_MUCH_OUTPUT: "Prints or returns more than allowed",
    Diagnosis.CRASHED: "Crashes the process",
    Diagnosis.EXITED: "Ends the process instead of returning",
    Diagnosis.PROPERTY: "Lacks a property that it must have",
}
OF_VERDICT: dict[Verdict, str] = {
    Verdict.INVALID_SUBMISSION: "The file cannot be loaded",
    Verdict.FORBIDDEN_CONSTRUCT: "Uses a construct that is ruled out",
    Verdict.TIME_LIMIT: OF_DIAGNOSIS[Diagnosis.TIMED_OUT],
    Verdict.MEMORY_LIMIT: OF_DIAGNOSIS[Diagnosis.OUT_OF_MEMORY],
    Verdict.OUTPUT_LIMIT: OF_DIAGNOSIS[Diagnosis.TOO_MUCH_OUTPUT],
    Verdict.RUNTIME_ERROR: "Fails while it runs",
}
# They say that something is wrong, and not what: another diagnosis of the same run says more.
SAYS_LITTLE = frozenset({Diagnosis.WRONG_VALUE.value, Diagnosis.WRONG_GRADIENT.value, Diagnosis.PROPERTY.value})
_RIGHT = frozenset({Verdict.ACCEPTED, Verdict.SKIPPED})


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """What one case came to in a submission that stands for all that make the mistake."""

    name: str
    is_hidden: bool
    verdict: Verdict
    diagnosis: str | None

    @property
    def fails(self) -> bool:
        """Whether it is one of those that the mistake shows in."""
        return is_wrong(self.verdict)

    @property
    def said(self) -> str:
        """What went wrong in it, in plain words."""
        return OF_DIAGNOSIS.get(self.diagnosis or "") or OF_VERDICT.get(self.verdict, "Wrong result")


def is_wrong(verdict: Verdict) -> bool:
    """Whether a mistake shows in a case that came to this."""
    return verdict not in _RIGHT


def seen(outcome: CaseOutcome) -> CaseSeen:
    """The case as its row has it."""
    return CaseSeen(outcome.name, outcome.visibility is Visibility.HIDDEN, outcome.verdict, outcome.diagnosis)


def called(cases: Sequence[CaseSeen]) -> str:
    """What went wrong, from all cases of one run: the diagnosis of most of those that fail, the more precise first."""
    failing = [case for case in cases if case.fails]
    if not failing:
        return "Wrong result"
    precise = [case for case in failing if case.diagnosis not in SAYS_LITTLE] or failing
    counted = Counter(case.said for case in precise)  # of equals the first one, in the question's order
    return counted.most_common(1)[0][0][:MOST_CHARS]


def fails_at(cases: Sequence[CaseSeen]) -> str:
    """Where it shows: the first failing case by name, and how many others."""
    failing = [case for case in cases if case.fails]
    if not failing:
        return ""
    if len(failing) == len(cases) > 1:
        return "fails every case"
    first = next((case for case in failing if not case.is_hidden), failing[0])
    others = len(failing) - 1
    hidden = ", which is hidden" if first.is_hidden and not others else ""
    only_hidden = ", all hidden" if first.is_hidden and others else ""
    return f"fails “{first.name}”{hidden}{f' and {others} more' if others else ''}{only_hidden}"
