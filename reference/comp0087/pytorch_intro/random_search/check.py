"""What must hold of any random search, whatever it draws.

A submission is given 30 statistical tests, each with a false-alarm rate below 1e-8.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import torch

from grader.author import CaseView, Fail

FALSE_ALARM = 1e-8
SEARCHES = {"value": 0, "again": 1, "other": 2}


def evaluates_exactly_trials(case: CaseView) -> Fail | None:
    """Each search calls its objective `trials` times, with numbers. The other checks rely on it, so it comes first."""
    wanted = case.inputs["trials"]
    for values in (values for searches in case.got["tried"].values() for values in searches):
        if not all(isinstance(value, float | int) and math.isfinite(value) for value in values):
            return Fail("wrong_type", "The objective was called with something that is no finite number.")
        if len(values) != wanted:
            return Fail("wrong_calls", f"The objective was evaluated {len(values)} times where `trials` is {wanted}.")
    return None


def stays_in_the_ranges(case: CaseView) -> Fail | None:
    """low ≤ value ≤ high, up to the rounding of float32."""
    for name, (low, high) in case.inputs["space"].items():
        slack = 1e-6 * max(abs(low), abs(high), high - low)
        for configuration in _tried(case, "value"):
            if not low - slack <= configuration[name] <= high + slack:
                return Fail(
                    "wrong_distribution", f"{name} = {configuration[name]} was tried outside of ({low}, {high})."
                )
    return None


def returns_the_lowest(case: CaseView) -> Fail | None:
    """The returned value is the lowest of all, and the returned configuration is the one it belongs to."""
    for search in SEARCHES:
        found = _one_search(case, search)
        if found is not None:
            return found
    return None


def _one_search(case: CaseView, search: str) -> Fail | None:
    returned = case.got[search]
    if not isinstance(returned, tuple | list) or len(returned) != 2 or not isinstance(returned[0], dict):
        return Fail("wrong_type", "Return a pair: the best configuration as a dict, and its value.")
    best, value = returned[0], _number(returned[1])
    if set(best) != set(case.inputs["space"]):
        return Fail("missing_key", f"The best configuration has the names {sorted(map(str, best))}.")
    numbers = {name: _number(entry) for name, entry in best.items()}
    if value is None or any(number is None for number in numbers.values()):
        return Fail("wrong_type", "The value, and every entry of the configuration, must be one finite number.")
    tried = _tried(case, search)
    values = [_objective(case, configuration) for configuration in tried]
    at_best = _objective(case, {name: number for name, number in numbers.items() if number is not None})
    slack = 1e-6 * (case.args.get("scale", 1.0) + abs(min(values)))
    if abs(value - max(values)) <= slack < max(values) - min(values) - slack:
        return Fail("sign", "The highest value was returned, not the lowest.")
    if not abs(value - min(values)) <= slack:
        return Fail("wrong_value", "The returned value is not the lowest that the objective returned.")
    if not abs(at_best - value) <= slack:
        return Fail("wrong_value", "The returned value does not belong to the returned configuration.")
    return None


def same_seed_same_search(case: CaseView) -> Fail | None:
    """Two searches with one seed try the same configurations and return the same."""
    if _tried(case, "value") != _tried(case, "again"):
        return Fail("not_reproducible", "Two searches with the same seed tried different configurations.")
    return None


def other_seed_other_draws(case: CaseView) -> Fail | None:
    """Of 50 configurations in three dimensions, none comes again with another seed."""
    if any(tried in _tried(case, "value") for tried in _tried(case, "other")):
        return Fail("repeated_draw", "A search with another seed tried the same configurations.")
    return None


def draws_are_uniform(case: CaseView) -> Fail | None:
    """Each hyper-parameter on its own: the empirical distribution is close to the uniform one.

    By Dvoretzky, Kiefer, Wolfowitz and Massart it is off by ε with a probability of at most 2·exp(-2nε²).
    """
    for search in ("value", "other"):
        for name, draws in _unit_draws(case, search).items():
            n = len(draws)
            steps = torch.arange(n + 1, dtype=torch.float64) / n
            ordered = draws.sort().values
            distance = float(torch.maximum((ordered - steps[:-1]).abs().max(), (ordered - steps[1:]).abs().max()))
            different = len(set(draws.tolist()))
            if different < n // 2:
                return Fail("repeated_draw", f"Only {different} different values of {name} in {n} trials.")
            if distance > math.sqrt(math.log(2 / FALSE_ALARM) / (2 * n)):
                return Fail("wrong_distribution", f"The draws of {name} are not uniform over its range.")
    return None


def draws_are_independent(case: CaseView) -> Fail | None:
    """Between hyper-parameters, and from one trial to the next.

    The products of centred uniform draws lie in [-1/4, 1/4]; by Hoeffding the mean of n of them is beyond t with a
    probability of at most 2·exp(-8nt²). Products of neighbours are independent on the even and on the odd places.
    """
    for search in ("value", "other"):
        draws = _unit_draws(case, search)
        for one, other in combinations(draws, 2):
            if _beyond_chance((draws[one] - 0.5) * (draws[other] - 0.5)):
                return Fail("repeated_draw", f"The draws of {one} and {other} depend on each other.")
        for name, drawn in draws.items():
            products = (drawn[:-1] - 0.5) * (drawn[1:] - 0.5)
            if _beyond_chance(products[::2]) or _beyond_chance(products[1::2]):
                return Fail("repeated_draw", f"The draws of {name} depend on the ones before.")
    return None


def _beyond_chance(products: torch.Tensor) -> bool:
    return abs(float(products.mean())) > math.sqrt(math.log(2 / FALSE_ALARM) / (8 * len(products)))


def _unit_draws(case: CaseView, search: str) -> dict[str, torch.Tensor]:
    """The tried values of every hyper-parameter, moved to the range from 0 to 1."""
    tried = _tried(case, search)
    return {
        name: (torch.tensor([configuration[name] for configuration in tried], dtype=torch.float64) - low) / (high - low)
        for name, (low, high) in case.inputs["space"].items()
    }


def _tried(case: CaseView, search: str) -> list[dict[str, float]]:
    """The configurations of one search, in the order of their evaluation."""
    tried = {name: searches[SEARCHES[search]] for name, searches in case.got["tried"].items()}
    return [dict(zip(tried, values, strict=True)) for values in zip(*tried.values(), strict=True)]


def _objective(case: CaseView, configuration: dict[str, float]) -> float:
    """What the objective of probe.py returns, computed again."""
    params = case.inputs["objective"].params
    squares = (((configuration[name] - params["centre"][name]) / params["width"][name]) ** 2 for name in configuration)
    return float(params["offset"] + params["scale"] * sum(squares))


def _number(value: Any) -> float | None:
    """A finite real number, from whatever holds one."""
    if isinstance(value, torch.Tensor) and value.numel() == 1:
        value = value.item()
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        return None
    return number if math.isfinite(number) else None
