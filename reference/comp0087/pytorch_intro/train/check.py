"""Names the usual mistakes of a training loop. It decides nothing: the losses are compared anyway."""

from __future__ import annotations

import copy

import torch
from torch.nn.functional import cross_entropy

from grader.author import CaseView, Fail

RTOL = {torch.float32: 1e-4, torch.float64: 1e-7}  # of the largest loss


def known_mistakes(case: CaseView) -> Fail | None:
    """None for the right losses, and for wrong ones that nothing here explains."""
    got = case.got["value"]
    if len(got) != len(case.expected["value"]) or _near(case, got, case.expected["value"]):
        return None
    _, after = _trained(case)
    if _near(case, got, after):
        return Fail("trace_shifted", "Each loss is taken after the step on its own batch.")
    for zeroed in ("never", "once an epoch"):
        if _near(case, got, _trained(case, zeroed=zeroed)[0]):
            return Fail("accumulated_gradient", f"The losses are those of gradients that are set to zero {zeroed}.")
    if _near(case, got, _trained(case, direction=-1.0)[0]):
        return Fail("sign", "The losses are those of steps uphill.")
    if _near(case, got, _trained(case, direction=0.0)[0]):
        return Fail("state_not_changed", "All losses are those of the model as it was before the first step.")
    for part in (0, 1):
        if _near(case, got, _trained(case, summed=True)[part]):
            return Fail("sum_for_mean", "The losses are those of steps on the sum over the examples of a batch.")
    if _near(case, got, _trained(case, direction=1 / len(case.inputs["batches"]))[0]):
        return Fail("mean_for_sum", "The steps are too short: divided by the number of batches?")
    return None


def _near(case: CaseView, got: list[float], losses: list[float]) -> bool:
    atol = RTOL[_batches(case)[0][0].dtype] * max(abs(loss) for loss in losses)
    return all(abs(one - other) <= atol for one, other in zip(got, losses, strict=True))


def _batches(case: CaseView) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Examples that reach the submission with gaps are wrapped."""
    return [(getattr(x, "tensor", x), y) for x, y in case.inputs["batches"]]


def _trained(
    case: CaseView, *, zeroed: str = "always", direction: float = 1.0, summed: bool = False
) -> tuple[list[float], list[float]]:
    """The means of the losses before and after each step of a loop that goes about it in the given way."""
    model = copy.deepcopy(case.inputs["model"])
    batches = _batches(case)
    before, after = [], []
    for _ in range(case.inputs["epochs"]):
        if zeroed == "once an epoch":
            model.zero_grad()
        losses, later = 0.0, 0.0
        for x, y in batches:
            if zeroed == "always":
                model.zero_grad()
            loss = cross_entropy(model(x), y, reduction="sum" if summed else "mean")
            losses += cross_entropy(model(x), y).item()
            loss.backward()
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter.sub_(direction * case.inputs["lr"] * parameter.grad)
                later += cross_entropy(model(x), y).item()
        before.append(losses / len(batches))
        after.append(later / len(batches))
    return before, after
