"""The final mean alone, so that a wrong list of losses does not cost its points too."""

from __future__ import annotations

import torch

from grader.author import CaseView, Fail

RTOL = {torch.float32: 1e-4, torch.float64: 1e-7}  # of the largest entry


def final_mean(case: CaseView) -> Fail | None:
    """The first of the two results is where the reference ends; names the usual ways of ending elsewhere."""
    got = torch.as_tensor(case.got["value"][0]).detach()
    expected = case.expected["value"][0]
    if got.shape != expected.shape:
        return Fail("wrong_shape", f"The final mean has shape {tuple(got.shape)}, expected {tuple(expected.shape)}.")
    if got.dtype != expected.dtype:
        return Fail("wrong_dtype", f"The final mean is {got.dtype}, expected {expected.dtype}.")
    if _near(got, expected):
        return None
    steps = case.args["steps"]
    if _near(got, case.inputs["mu0"]):
        return Fail("input_returned", "The mean that is returned is where the descent began.")
    if steps > 1 and _near(got, _descend(case, accumulate=True)):
        return Fail("accumulated_gradient", "The mean is where one ends when the gradients of all steps pile up.")
    if _near(got, _descend(case, direction=-1.0)):
        return Fail("sign", "The mean moved uphill.")
    for other in (steps - 1, steps + 1):
        if _near(got, _descend(case, steps=other)):
            return Fail("wrong_value", f"The mean is where {other} steps end, not {steps}.")
    return Fail("wrong_value", "The final mean is not where gradient descent ends.")


def _near(got: torch.Tensor, expected: torch.Tensor) -> bool:
    return torch.allclose(got, expected, rtol=0.0, atol=RTOL[expected.dtype] * float(expected.abs().max()))


def _descend(
    case: CaseView, *, accumulate: bool = False, direction: float = 1.0, steps: int | None = None
) -> torch.Tensor:
    """The end of a descent with the gradient (mu - mean) / var_, gone about in the given way."""
    mu, mean = case.inputs["mu0"].clone(), case.inputs["samples"].mean(dim=0)
    gradient = torch.zeros_like(mu)
    for _ in range(case.args["steps"] if steps is None else steps):
        fresh = (mu - mean) / case.args["var_"]
        gradient = gradient + fresh if accumulate else fresh
        mu = mu - direction * case.args["lr"] * gradient
    return mu
