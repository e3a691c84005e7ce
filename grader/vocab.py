"""The closed sets of words that every part of the grader shares."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a case or a whole run came to; listed worst first."""

    JUDGE_ERROR = "judge_error"
    INVALID_SUBMISSION = "invalid_submission"
    FORBIDDEN_CONSTRUCT = "forbidden_construct"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    RUNTIME_ERROR = "runtime_error"
    WRONG_ANSWER = "wrong_answer"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    ACCEPTED = "accepted"

    @property
    def severity(self) -> int:
        """0 for the worst verdict, growing towards `accepted`."""
        return list(Verdict).index(self)


class Visibility(StrEnum):
    """Whether students see a case's inputs and expected values."""

    PUBLIC = "public"
    HIDDEN = "hidden"


class Outcome(StrEnum):
    """What the sandbox saw happen to a student's process; never what that process says."""

    ANSWERED = "answered"
    EXITED = "exited"
    CRASHED = "crashed"
    WALL_TIME = "wall_time"
    CPU_TIME = "cpu_time"
    MEMORY = "memory"
    OUTPUT = "output"
    PROTOCOL = "protocol"


class Role(StrEnum):
    """Which program a confined child runs."""

    STUDENT = "student"
    JUDGE = "judge"


class Diagnosis(StrEnum):
    """The pattern of a mistake, as precise as the comparator could tell."""

    # of kind
    NONE_RETURNED = "none_returned"
    WRONG_TYPE = "wrong_type"
    WRONG_LENGTH = "wrong_length"
    MISSING_KEY = "missing_key"
    WRONG_SHAPE = "wrong_shape"
    WRONG_DTYPE = "wrong_dtype"
    WRONG_DEVICE = "wrong_device"
    NOT_A_NUMBER = "not_a_number"
    INFINITE = "infinite"
    # of value
    WRONG_VALUE = "wrong_value"
    TRANSPOSED = "transposed"
    BROADCAST = "broadcast"
    CONSTANT_FACTOR = "constant_factor"
    CONSTANT_OFFSET = "constant_offset"
    MEAN_FOR_SUM = "mean_for_sum"
    SUM_FOR_MEAN = "sum_for_mean"
    SIGN = "sign"
    WRONG_AXIS = "wrong_axis"
    BIASED_VARIANCE = "biased_variance"
    PERMUTED = "permuted"
    SWAPPED = "swapped"
    SQUARED = "squared"
    NOT_SQUARED = "not_squared"
    CONSTANT_ANSWER = "constant_answer"
    INPUT_RETURNED = "input_returned"
    LOW_PRECISION = "low_precision"
    # of the graph
    DETACHED = "detached"
    MISSING_GRADIENT = "missing_gradient"
    WRONG_GRADIENT = "wrong_gradient"
    ACCUMULATED_GRADIENT = "accumulated_gradient"
    STILL_ATTACHED = "still_attached"
    # of effects
    INPUT_CHANGED = "input_changed"
    STATE_NOT_CHANGED = "state_not_changed"
    WRONG_STATE = "wrong_state"
    NOT_REGISTERED = "not_registered"
    RANDOM_STATE_CHANGED = "random_state_changed"
    ALIASED = "aliased"
    # of traces and random draws
    TRACE_SHIFTED = "trace_shifted"
    WRONG_TRACE_LENGTH = "wrong_trace_length"
    NOT_CONVERGED = "not_converged"
    REPEATED_DRAW = "repeated_draw"
    WRONG_DISTRIBUTION = "wrong_distribution"
    NOT_REPRODUCIBLE = "not_reproducible"
    # of the way
    TOO_MANY_OPERATIONS = "too_many_operations"
    FORBIDDEN_OPERATION = "forbidden_operation"
    WRONG_CALLS = "wrong_calls"
    # before any value
    SYNTAX_ERROR = "syntax_error"
    BAD_ENCODING = "bad_encoding"
    MISSING_ENTRY_POINT = "missing_entry_point"
    WRONG_PARAMETERS = "wrong_parameters"
    IMPORT_FAILED = "import_failed"
    EXCEPTION = "exception"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MUCH_OUTPUT = "too_much_output"
    CRASHED = "crashed"
    EXITED = "exited"
    PROPERTY = "property"


# What tests of random draws say; their false alarms are stated, but not impossible.
BY_CHANCE = frozenset({Diagnosis.WRONG_DISTRIBUTION, Diagnosis.REPEATED_DRAW})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use. The runtime enforces them; the child is not asked."""

    wall_s: float = 5.0  # one call, or loading the submission
    total_wall_s: float = 40.0  # the whole conversation
    cpu_s: float = 40.0  # one process
    memory_mib: int = 1024  # address space above the warm parent's
    threads: int = 64
    tmp_mib: int = 32
    open_files: int = 128
    output_kib: int = 8 * 1024  # printed text
    answer_kib: int = 32 * 1024  # one answer
