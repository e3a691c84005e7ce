"""What true parameters must be, and how they are drawn.

Two cases look at draws, with at most 5 tests each, and every test has a false-alarm rate below `FALSE_ALARM`.
"""

from __future__ import annotations

import torch
from torch import Tensor

from grader.author import CaseView, Fail
from grader.judge.checkers.statistical import normal_draws, z_bound

SPREAD = {"w_true": 5.0, "b_true": 2.0}
FALSE_ALARM = 1e-8
CHANCE_REPEATS = 5


def are_two_tensors(case: CaseView) -> Fail | None:
    """w_true (d,) and b_true (1,), floating."""
    facts = case.got["facts"]
    if len(facts) != len(SPREAD):
        return Fail("wrong_length", "Return two tensors, w_true and b_true.")
    for name, fact, shape in zip(SPREAD, facts, ([case.inputs["d"]], [1]), strict=True):
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
    for name, fact in zip(SPREAD, case.got["facts"], strict=True):
        if fact["device"] != wanted:
            return Fail("wrong_device", f"{name} is on {fact['device']} and not on {wanted}.")
    return None


def differ_between_calls(case: CaseView) -> Fail | None:
    """No two calls in a row return the same, and no two entries are equal in all calls.

    Among thousands of single numbers in float32 one that equals the one before is no rarity.
    """
    for name, values in case.got["draws"].items():
        by_chance = CHANCE_REPEATS if len(values) > 100 and values.shape[1] == 1 else 0
        if int((values[1:] == values[:-1]).all(dim=1).sum()) > by_chance:
            return Fail("repeated_draw", f"Two calls in a row return the same {name}.")
        if len(torch.unique(values.T, dim=0)) < values.shape[1]:
            return Fail("repeated_draw", f"Some entries of {name} are always equal.")
    return None


def have_their_distributions(case: CaseView) -> Fail | None:
    """N(0, 5²) and N(0, 2²), by the distance of the empirical distribution function, whose rate is a strict bound."""
    for name, values in case.got["draws"].items():
        flat, spread = values.double().flatten(), SPREAD[name]
        if not bool(flat.isfinite().all()):
            return Fail("not_a_number", f"Some of the entries of {name} are not finite.")
        if not _off(flat, 0.0, spread):
            continue
        mean, found = float(flat.mean()), float(flat.std())
        words = f"{len(flat)} draws of {name} have the mean {mean:.3g} and the standard deviation {found:.3g}."
        if not _off(flat, spread, 1.0) or not _off(flat, -spread, 1.0):
            return Fail("constant_offset", words)
        if not _off(flat, 0.0, found):
            return Fail("constant_factor", words)
        return Fail("wrong_distribution", words)
    return None


def are_independent(case: CaseView) -> Fail | None:
    """Of any two entries, and of one entry in two calls in a row."""
    draws = case.got["draws"]
    entries = torch.cat([draws[name].double() / spread for name, spread in SPREAD.items()], dim=1)
    pairs = [(one, other) for one in range(entries.shape[1]) for other in range(one)]
    for one, other in pairs:
        if _depend(entries[:, one], entries[:, other], FALSE_ALARM / len(pairs)):
            return Fail("repeated_draw", "The entries of one call depend on each other.")
    if _depend(entries[0::2].flatten(), entries[1::2].flatten(), FALSE_ALARM):
        return Fail("repeated_draw", "The draws of two calls in a row depend on each other.")
    return None


def _off(values: Tensor, mean: float, spread: float) -> bool:
    return normal_draws(values, mean, spread**2, false_alarm=FALSE_ALARM) is not None


def _depend(one: Tensor, other: Tensor, false_alarm: float) -> bool:
    """Given `other`, the inner product of independent normal draws is normal with its squared length as variance."""
    return abs(float(one @ other)) > z_bound(false_alarm) * float(other.norm())
