"""What the comparison of numbers cannot say: that a step goes the wrong way, and that the result is attached."""

from __future__ import annotations

import torch

from grader.author import CaseView, Fail


def goes_downhill(case: CaseView) -> Fail | None:
    """Tells a step of the right length in the opposite direction; the numbers themselves are compared elsewhere."""
    expected, got = case.expected["value"], case.got["value"]
    if not isinstance(got, torch.Tensor) or got.shape != expected.shape:
        return None
    mirrored = 2 * case.inputs["theta"].detach().double() - expected.double()
    if torch.allclose(got.detach().double(), mirrored, rtol=1e-4, atol=1e-4):
        return Fail("sign", "The step has the right length and goes uphill: the gradient points to larger losses.")
    return None


def requires_no_gradient(case: CaseView) -> Fail | None:
    """A detached tensor neither hangs on a graph nor is a leaf that collects gradients."""
    got = case.got["value"]
    if not isinstance(got, torch.Tensor) or not got.requires_grad:
        return None
    if got.is_leaf:
        return Fail("still_attached", "The result has no graph, but it still requires a gradient.")
    return Fail("still_attached", "The result is still attached to the graph that computed it.")
