"""Which parameters a fresh module has, and how they are drawn."""

from __future__ import annotations

import math

import torch

from grader.author import CaseView, Fail

# Seven tests a submission, each with a false-alarm rate below this one.
FALSE_ALARM = 1e-8
NORMAL_BOUND = 6.0  # a standard normal number is beyond it with a probability of 2e-9


def parameters_are_registered(case: CaseView) -> Fail | None:
    """Exactly W (y_dim, x_dim) and b (y_dim,), both trainable."""
    start = case.got["start"]
    expected = {
        "W": (case.inputs["y_dim"], case.inputs["x_dim"]),
        "b": (case.inputs["y_dim"],),
    }
    parameters = start["parameters"]
    for name, shape in expected.items():
        if name not in parameters:
            return Fail(
                "not_registered", f"named_parameters() lists no {name}; it lists {sorted(parameters) or 'nothing'}."
            )
        if tuple(parameters[name].shape) != shape:
            return Fail("wrong_shape", f"{name} has the shape {tuple(parameters[name].shape)} and not {shape}.")
        if not start["trainable"][name]:
            return Fail("wrong_state", f"{name} does not require a gradient, so that no optimiser would train it.")
    further = sorted(set(parameters) - set(expected))
    if further:
        return Fail("wrong_state", f"There are parameters besides W and b: {', '.join(further)}.")
    return None


def starts_standard_normal(case: CaseView) -> Fail | None:
    """Independent N(0, 1) draws, others for every module. A right solution fails with a probability below 1e-7."""
    start = case.got["start"]
    for name in ("W", "b"):
        if name not in start["parameters"]:
            return None  # told by parameters_are_registered
        values, twin = start["parameters"][name].double().flatten(), start["twin"][name].double().flatten()
        if not (values.isfinite().all() and twin.isfinite().all()):
            return Fail("not_a_number", f"{name} does not begin with finite numbers.")
        if _distance_from_normal(values) > math.sqrt(math.log(2 / FALSE_ALARM) / (2 * len(values))):
            return Fail("wrong_distribution", f"The start of {name} is not standard normal: {_summary(values)}.")
        if torch.equal(values, twin):
            return Fail("repeated_draw", f"Two modules begin with the same {name}.")
        if abs(float(values @ twin)) > NORMAL_BOUND * float(twin.norm()):
            return Fail("repeated_draw", f"The starts of {name} in two modules are not independent of each other.")
    matrix = start["parameters"]["W"].double()
    if abs(float((matrix[:, :-1] * matrix[:, 1:]).sum())) > NORMAL_BOUND * float(matrix[:, :-1].norm()):
        return Fail("repeated_draw", "Neighbouring columns of W are not independent of each other.")
    return None


def _distance_from_normal(values: torch.Tensor) -> float:
    """Largest distance of the empirical distribution from the normal one; by Dvoretzky, Kiefer, Wolfowitz and Massart
    beyond ε with a probability of at most 2·exp(-2nε²)."""
    n = len(values)
    below = torch.special.ndtr(values.sort().values)
    steps = torch.arange(n + 1, dtype=torch.float64) / n
    return float(torch.maximum((below - steps[:-1]).abs().max(), (below - steps[1:]).abs().max()))


def _summary(values: torch.Tensor) -> str:
    return f"mean {float(values.mean()):.3g}, variance {float(values.var()):.3g}, {len(values)} entries"
