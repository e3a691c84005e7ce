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
    before, after = _trained(case)
    if _near(case, got, after):
        return Fail("trace_shifted", "Each loss is taken after the update on its own sample.")
    if _near(case, got, _trained(case, accumulate=True)[0]):
        return Fail("accumulated_gradient", "The losses are those of steps along all gradients so far.")
    if _near(case, got, _trained(case, direction=-1.0)[0]):
        return Fail("sign", "The losses are those of steps uphill.")
    if _near(case, got, _trained(case, direction=0.0)[0]):
        return Fail("mean_for_sum", "All losses are those of the layer as it was before the first step.")
    if _near(case, got, _trained(case, direction=1 / len(before))[0]):
        return Fail("mean_for_sum", f"The steps are {len(before)} times too short: divided by the number of samples?")
    return None


def _near(case: CaseView, got: list[float], losses: list[float]) -> bool:
    atol = RTOL[case.inputs["xs"].dtype] * max(abs(loss) for loss in losses)
    return all(abs(one - other) <= atol for one, other in zip(got, losses, strict=True))


def _trained(case: CaseView, *, accumulate: bool = False, direction: float = 1.0) -> tuple[list[float], list[float]]:
    """The losses before and after each update of a loop that goes about it in the given way."""
    layer = copy.deepcopy(case.inputs["layer"])
    before, after = [], []
    for x_i, y_i in zip(case.inputs["xs"], case.inputs["ys"], strict=True):
        if not accumulate:
            layer.zero_grad()
        loss = cross_entropy(layer(x_i), y_i)
        before.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter.sub_(direction * case.args["lr"] * parameter.grad)
            after.append(cross_entropy(layer(x_i), y_i).item())
    return before, after
