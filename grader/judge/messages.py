"""Every sentence that the judge says to a student, by a stable id.

Two sentences each: one for public cases, with the numbers, and one for hidden cases, which tells the kind of mistake
but neither inputs nor expected values. Tests and statistics go by the id; the words may be improved at any time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

# A huge int in an answer must neither hang nor raise when it is printed.
sys.set_int_max_str_digits(4300)

LONGEST_PART = 300

_CUTS = "look for `.item()`, `.detach()`, `torch.no_grad()`, NumPy or `torch.tensor(...)` on the way."

_CATALOGUE: dict[str, tuple[str, str]] = {
    # of kind
    "none": (
        "{subject} is None: does every path of your function end in a `return`?",
        "{subject} is None: does every path of your function end in a `return`?",
    ),
    "type": ("{subject} should be {expected}, but it is {given}.", "{subject} is not of the type that was asked for."),
    "unsupported": (
        "{subject} is of type {given}, which cannot be graded{why}; return {expected}.",
        "{subject} is of a type that cannot be graded.",
    ),
    "tensor_wanted": (
        "{subject} should be a 0-dimensional tensor, but it is {given}.",
        "{subject} should be a tensor.",
    ),
    "number_wanted": ("{subject} should be a plain number, but it is {given}.", "{subject} should be a plain number."),
    "length": (
        "{subject} should have {expected} parts, but it has {given}.",
        "{subject} does not have the right number of parts.",
    ),
    "key_missing": ("{subject} lacks the key {key}.", "{subject} lacks a key."),
    "key_extra": ("{subject} has the key {key}, which nobody asked for.", "{subject} has a key that nobody asked for."),
    "shape": ("{subject} should have shape {expected}, but it has {given}.", "{subject} has the wrong shape."),
    "shape_transposed": (
        "{subject} has shape {given}, the expected one turned round ({expected}): is it transposed?",
        "{subject} is transposed.",
    ),
    "shape_broadcast": (
        "{subject} has shape {given} where {expected} is expected: did (n, 1) and (n,) tensors broadcast?",
        "{subject} has a dimension too many: did (n, 1) and (n,) tensors broadcast?",
    ),
    "shape_axis": (
        "{subject} has shape {given} where {expected} is expected: was the other axis of `{input}` reduced?",
        "{subject} is reduced over the wrong axis.",
    ),
    "shape_all_axes": (
        "{subject} is a single number, the {how} over all entries, where shape {expected} is expected.",
        "{subject} is reduced over all axes instead of one.",
    ),
    "dtype": ("{subject} should have dtype {expected}, but it has {given}.", "{subject} has the wrong dtype."),
    "kind": ("{subject} should hold {expected}, but it holds {given}.", "{subject} holds the wrong kind of numbers."),
    "device": ("{subject} should be on {expected}, but it is on {given}.", "{subject} is on the wrong device."),
    "nan": (
        "{subject} is not a number (nan) {places}; {expected} is expected there.",
        "{subject} has nan where numbers are expected.",
    ),
    "nan_missing": ("{subject} should be nan {places}, but is {given}.", "{subject} should be nan in some places."),
    "infinite": (
        "{subject} is infinite {places}; {expected} is expected there: does an exponential overflow?",
        "{subject} is infinite where numbers are expected: does an exponential overflow, or a logarithm meet 0?",
    ),
    "infinite_missing": (
        "{subject} should be {expected} {places}, but is {given}.",
        "{subject} should be infinite in some places.",
    ),
    # of value
    "value": ("{subject} is {given} where {expected} is expected{at}.", "{subject} has the wrong value."),
    "values": (
        "{subject} is wrong in {count} of {size} entries; the worst is {given} where {expected} is expected{at}.",
        "{subject} has wrong values.",
    ),
    "other_value": ("{subject} should be {expected}, but it is {given}.", "{subject} has the wrong value."),
    "transposed": ("{subject} is the transpose of what is expected.", "{subject} is transposed."),
    "factor": (
        "{subject} is {factor} times what is expected: look for a factor.",
        "{subject} is off by a constant factor.",
    ),
    "offset": (
        "{subject} is off by the same amount, {offset}, in every entry.",
        "{subject} is off by the same amount in every entry.",
    ),
    "mean_for_sum": (
        "{subject} is {size} times too small, and {size} is {name}: a mean where a sum is asked for?",
        "{subject} is too small by a size of the input: a mean where a sum is asked for?",
    ),
    "sum_for_mean": (
        "{subject} is {size} times too large, and {size} is {name}: a sum where a mean is asked for?",
        "{subject} is too large by a size of the input: a sum where a mean is asked for?",
    ),
    "sign": ("{subject} has the wrong sign everywhere.", "{subject} has the wrong sign."),
    "axis": (
        "{subject} is the {how} of `{input}` over axis {given}; axis {expected} is asked for.",
        "{subject} is reduced over the wrong axis.",
    ),
    "all_axes": (
        "{subject} is the {how} over all entries, repeated; reduce one axis only.",
        "{subject} is reduced over all axes instead of one.",
    ),
    "broadcast": (
        "{subject} is what you get when `{first}` and `{second}` broadcast to an (n, n) table.",
        "{subject} looks as if two vectors had broadcast to a table.",
    ),
    "biased_variance": (
        "{subject} is {factor} times what is expected, as if {wrong} were divided by instead of {right}.",
        "{subject} divides by n where n − 1 is asked for, or the other way round.",
    ),
    "permuted": (
        "{subject} has the right numbers in the wrong order.",
        "{subject} has its numbers in the wrong order.",
    ),
    "swapped": ("The parts of {inner} are right but in another order: {order}.", "The parts of {inner} are swapped."),
    "squared": ("{subject} is the square of what is expected.", "{subject} is squared once too often."),
    "not_squared": ("{subject} is the square root of what is expected.", "{subject} lacks a square."),
    "constant_answer": (
        "{subject} is the same in every case, whatever the inputs.",
        "{subject} is the same in every case, whatever the inputs.",
    ),
    "input_returned": ("{subject} is the input `{input}`, unchanged.", "{subject} is one of the inputs, unchanged."),
    "low_precision": (
        "{subject} is right to single precision only: somewhere float64 numbers pass through float32.",
        "{subject} is right to single precision only: somewhere float64 numbers pass through float32.",
    ),
    "coarse": (
        "{subject} is right to the precision of {given} only, which is not enough here.",
        "{subject} is not precise enough: in which dtype is it computed?",
    ),
    # of the graph
    "detached": (
        "{subject} is cut off from the graph, so no gradient reaches {inputs}: " + _CUTS,
        "{subject} is cut off from the graph: " + _CUTS,
    ),
    "missing_gradient": (
        "No gradient reaches `{input}`: is it used, and does every step from it to the result stay in the graph?",
        "No gradient reaches one of the inputs: does every step from it to the result stay in the graph?",
    ),
    "accumulated": (
        "{subject} is {factor} times the right one: gradients add up over backward passes until they are zeroed.",
        "{subject} is a multiple of the right one: gradients add up over backward passes until they are zeroed.",
    ),
    "accumulated_rows": (
        "Part k of {inner} is the sum of the first k gradients: they add up because nothing sets them to zero.",
        "The parts of {inner} add up: gradients are not set to zero in between.",
    ),
    # of effects
    "input_changed": (
        "Your code changes its input `{input}`; work on a copy, or avoid operations in place.",
        "Your code changes one of its inputs; work on a copy, or avoid operations in place.",
    ),
    "input_grad": (
        "Your code leaves a gradient behind in `{input}.grad`; `torch.autograd.grad` does not.",
        "Your code leaves a gradient behind in `.grad` of an input; `torch.autograd.grad` does not.",
    ),
    "input_requires_grad": (
        "Your code changes `{input}.requires_grad`; take a detached copy and change that.",
        "Your code changes `requires_grad` of an input; take a detached copy and change that.",
    ),
    "training_flag": (
        "`{input}.training` should be {expected} afterwards, but it is {given}: leave the mode as you found it.",
        "The training flag of a module is not as it should be afterwards: leave it as you found it.",
    ),
    "state_not_changed": (
        "The parameters of {module} are still those from the start: nothing was learnt.",
        "The parameters of a module are still those from the start: nothing was learnt.",
    ),
    "not_registered": (
        "{module} has no parameter `{parameter}`{has}: wrap it in `torch.nn.Parameter` and assign it to `self`.",
        "A parameter is not registered: wrap it in `torch.nn.Parameter` and assign it to `self`.",
    ),
    "parameter_extra": (
        "{module} has a parameter `{parameter}` that nobody asked for.",
        "A module has a parameter that nobody asked for.",
    ),
    "parameter_count": (
        "{module} should have {expected} parameters, but it has {given}.",
        "A module does not have the right number of parameters.",
    ),
    "parameter_frozen": (
        "`requires_grad` of `{parameter}` in {module} should be {expected}, but it is {given}.",
        "A parameter is frozen, or trainable, when it should not be.",
    ),
    "random_state": (
        "Your code disturbs the global random generator of {generators}; use a generator of your own.",
        "Your code disturbs a global random generator; use a generator of your own.",
    ),
    "instance": ("`{name}` should be an instance of `{expected}`.", "An object is not of the class asked for."),
    "same": ("`{a}` and `{b}` should be one and the same object.", "Two names should be one and the same object."),
    # of traces
    "trace_late": (
        "{subject} is shifted by one: your entry k is the expected entry k + 1. Is it recorded after the update?",
        "{subject} is shifted by one: is it recorded after the update?",
    ),
    "trace_early": (
        "{subject} is shifted by one: your entry k + 1 is the expected entry k.",
        "{subject} is shifted by one.",
    ),
    "trace_length": (
        "{subject} should have {expected} entries, but it has {given}{shared}.",
        "{subject} does not have the right number of entries.",
    ),
    # of the way
    "forbidden_operation": (
        "Your code executes `{operator}`, which this question does not allow.",
        "Your code executes an operation that this question does not allow.",
    ),
    "too_many_operations": (
        "Your code executes `{operator}` {given} times; at most {expected} are allowed.",
        "Your code executes an operation more often than this question allows.",
    ),
    "calls_count": (
        "`{input}` should be called {expected} times, but it was called {given} times.",
        "A function handed in is not called as often as it should be.",
    ),
    "calls": (
        "`{input}` is not called with the arguments that are expected (call {call}).",
        "A function handed in is not called with the right arguments.",
    ),
    # before any value
    "syntax_error": ("Python cannot read your file{at}: {message}", "Python cannot read your file{at}: {message}"),
    "import_failed": (
        "Your file raises {type}{at} when it is loaded: {message}",
        "Your file raises {type}{at} when it is loaded: {message}",
    ),
    "missing_entry_point": ("{message}", "{message}"),
    "not_as_asked": ("{message}", "Your object is not as it was asked for: look at its parameters and its graph."),
    "exception": ("Your code raises {type}{at}: {message}", "Your code raises {type}{at}."),
    "unwanted_exception": (
        "Your code should raise {expected} here, but it raises {given}.",
        "Your code raises another exception than it should.",
    ),
    "no_exception": (
        "Your code should raise {expected} here, but it returns.",
        "Your code should raise an exception here, but it returns.",
    ),
    "wall_time": (
        "Your code did not finish within {limit} seconds{detail}: is there a loop that does not end?",
        "Your code did not finish within {limit} seconds: is there a loop that does not end?",
    ),
    "cpu_time": (
        "Your code used more than {limit} seconds of CPU.",
        "Your code used more than {limit} seconds of CPU.",
    ),
    "total_time": (
        "The total time of {limit} seconds was over before this case was answered.",
        "The total time of {limit} seconds was over before this case was answered.",
    ),
    "memory": ("Your code used more than {limit} MiB of memory.", "Your code used more than {limit} MiB of memory."),
    "output": ("Your code printed more than {limit} KiB.", "Your code printed more than {limit} KiB."),
    "answer_too_large": (
        "The answer of your code is too large to be read ({limit} KiB at most).",
        "The answer of your code is too large to be read ({limit} KiB at most).",
    ),
    "exited": (
        "Your code ended the Python process{detail}; return a value instead of calling `exit`.",
        "Your code ended the Python process; return a value instead of calling `exit`.",
    ),
    "crashed": ("Your code crashed the Python process{detail}.", "Your code crashed the Python process."),
    "protocol": (
        "What came back from your code's process was no valid answer.",
        "What came back from your code's process was no valid answer.",
    ),
    "not_run": ("Hidden cases were not run here.", "Hidden cases were not run here."),
    "no_expected": (
        "This case needs the reference solution and was not run here.",
        "This case needs the reference solution and was not run here.",
    ),
    "check": ("{message}", "A property that is asked for does not hold."),
    "not_comparable": (
        "Your answer could not be compared with what is expected: return plain values of the kind asked for.",
        "Your answer could not be compared with what is expected: return plain values of the kind asked for.",
    ),
    "right": ("Right.", "Right."),
    "followed_through": (
        "Graded with the reference's {values} of {names}, because yours {were} wrong.",
        "Graded with the reference's {values} of {names}, because yours {were} wrong.",
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it will be read: `public` may hold numbers, `discreet` is for hidden cases."""

    id: str
    public: str
    discreet: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is about: `root` ("the result") and the way to a part of it ("[1]['mean']")."""

    root: str
    path: str = ""

    @property
    def full(self) -> str:
        """The whole name, for public cases; keys of a hidden case's answer may tell its inputs."""
        return f"part `{self.path}` of {self.root}" if self.path else self.root

    def part(self, key: object) -> Subject:
        """A part of it, by index or key."""
        return Subject(self.root, f"{self.path}[{cut(repr(key), 60)}]")


def say(message_id: str, **parts: Any) -> Said:
    """The message of that id, its parts filled in; long parts are cut. A `subject` is a Subject."""
    public, discreet = _CATALOGUE[message_id]
    subject = parts.pop("subject", None)
    shown = {name: cut(str(part)) for name, part in parts.items()}
    if isinstance(subject, Subject):
        full, root = cut(subject.full), subject.root
        return Said(
            message_id,
            public.format_map({**shown, "subject": capital(full), "inner": full}),
            discreet.format_map({**shown, "subject": capital(root), "inner": root}),
        )
    return Said(message_id, public.format_map(shown), discreet.format_map(shown))


def message_ids() -> frozenset[str]:
    """All ids of the catalogue."""
    return frozenset(_CATALOGUE)


def cut(text: str, longest: int = LONGEST_PART) -> str:
    """The text, shortened with an ellipsis where it is longer than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def capital(text: str) -> str:
    """The first letter large, unless the text begins with code."""
    return text[:1].upper() + text[1:]
