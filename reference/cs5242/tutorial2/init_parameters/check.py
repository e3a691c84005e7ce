"""What parameters must be, and how they are drawn.

A submission is given two tests with a false-alarm rate of 1e-8 and eleven with 2e-9. Besides, two normal numbers in
float32 are equal with a probability of 1.4e-8: among four calls b repeats with one of 4e-8, among 2,000 more than five
times never. Together: below 1e-7.
"""

from __future__ import annotations

import math

import torch

from grader.author import CaseView, Fail

NAMES = ("w", "b")
FALSE_ALARM = 1e-8
CALLS_PER_REPEAT = 400  # so many calls may repeat one number of float32 by chance
NORMAL_BOUND = 6.0  # a standard normal number is beyond it with a probability of 2e-9


def are_two_tensors(case: CaseView) -> Fail | None:
    """w (d,) and b (1,), floating."""
    facts = case.got["facts"]
    if len(facts) != len(NAMES):
        return Fail("wrong_length", "Return two tensors, w and b.")
    for name, fact, shape in zip(NAMES, facts, ([case.inputs["d"]], [1]), strict=True):
        if fact["type"] != "Tensor":
            return Fail("wrong_type", f"{name} must be a tensor; it is of type {fact['type']}.")
        if fact["shape"] != shape:
            return Fail("wrong_shape", f"{name} has the shape {tuple(fact['shape'])} and not {tuple(shape)}.")
        if not fact["floating"]:
            return Fail("wrong_dtype", f"{name} does not hold floating-point numbers.")
    return None


def are_on_the_device(case: CaseView) -> Fail | None:
    """Both tensors are where they were asked for."""
    wanted = case.inputs["device"].type
    for name, fact in zip(NAMES, case.got["facts"], strict=True):
        if fact["device"] != wanted:
            return Fail("wrong_device", f"{name} is on {fact['device']} and not on {wanted}.")
    return None


def are_trainable_leaves(case: CaseView) -> Fail | None:
    """Both tensors are leaves that require a gradient."""
    for name, fact in zip(NAMES, case.got["facts"], strict=True):
        if not fact["requires_grad"]:
            return Fail("missing_gradient", f"{name} does not require a gradient.")
        if not fact["leaf"]:
            return Fail(
                "still_attached", f"{name} is not a leaf: it was computed from a tensor that requires a gradient."
            )
    return None


def differ_between_calls(case: CaseView) -> Fail | None:
    """No two calls in a row return the same."""
    for name, values in case.got["draws"].items():
        repeats = int((values[1:] == values[:-1]).all(dim=1).sum())
        if repeats > len(values) // CALLS_PER_REPEAT:
            return Fail("repeated_draw", f"Two calls in a row return the same {name}.")
    return None


def are_standard_normal(case: CaseView) -> Fail | None:
    """The empirical distributions of w and b are close to N(0, 1).

    By Dvoretzky, Kiefer, Wolfowitz and Massart they are off by ε with a probability of at most 2·exp(-2nε²).
    """
    for name, values in case.got["draws"].items():
        flat = values.double().flatten()
        if not flat.isfinite().all():
            return Fail("not_a_number", f"Some of the entries of {name} are not finite.")
        if _distance_from_normal(flat) > math.sqrt(math.log(2 / FALSE_ALARM) / (2 * len(flat))):
            summary = f"mean {float(flat.mean()):.3g}, variance {float(flat.var()):.3g}, {len(flat)} numbers"
            return Fail("wrong_distribution", f"The draws of {name} are not standard normal: {summary}.")
    return None


def are_independent(case: CaseView) -> Fail | None:
    """Of any two entries, and of one entry in two calls in a row.

    For independent normal draws the inner product of one with the other is normal, and its variance is the squared
    length of the other.
    """
    draws = case.got["draws"]
    entries = torch.cat([draws["w"], draws["b"]], dim=1).double()
    for one in range(entries.shape[1]):
        for other in range(one):
            if _depend(entries[:, one], entries[:, other]):
                return Fail("repeated_draw", "The entries of one call depend on each other.")
    if _depend(entries[0::2].flatten(), entries[1::2].flatten()):
        return Fail("repeated_draw", "The draws of two calls in a row depend on each other.")
    return None


def _depend(one: torch.Tensor, other: torch.Tensor) -> bool:
    return abs(float(one @ other)) > NORMAL_BOUND * float(other.norm())


def _distance_from_normal(values: torch.Tensor) -> float:
    n = len(values)
    below = torch.special.ndtr(values.sort().values)
    steps = torch.arange(n + 1, dtype=torch.float64) / n
    return float(torch.maximum((below - steps[:-1]).abs().max(), (below - steps[1:]).abs().max()))
