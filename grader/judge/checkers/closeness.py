"""Comparisons for checks: two values that should be close, or the same."""

from __future__ import annotations

import torch
from torch import Tensor

from grader.author import CaseView, Fail
from grader.vocab import Diagnosis


def close(case: CaseView, got: Tensor, wanted: Tensor, what: str) -> Fail | None:
    """Whether a tensor is what it should be, within the question's tolerance for the coarser of the two dtypes.

    `what` begins the sentence, as in "The last loss". NaN and infinities are close to themselves only.
    """
    if got.shape != wanted.shape:
        text = f"{what} has shape {tuple(got.shape)}; {tuple(wanted.shape)} is expected."
        return Fail(Diagnosis.WRONG_SHAPE, text)
    if got.numel() == 0:
        return None
    name = "float32" if torch.float32 in (got.dtype, wanted.dtype) else "float64"
    one, other = got.detach().to(torch.float64), wanted.detach().to(torch.float64)
    finite = other[other.isfinite()].abs()
    scale = float(finite.max()) if finite.numel() else 0.0
    atol = max(case.atol[name], case.rtol[name] * scale / 10)
    if torch.allclose(one, other, rtol=case.rtol[name], atol=atol, equal_nan=True):
        return None
    error = (one - other).abs().flatten()
    at = int(error.nan_to_num(nan=torch.inf).argmax())
    text = f"{what} is {float(one.flatten()[at]):.6g} where {float(other.flatten()[at]):.6g} is expected."
    return Fail(Diagnosis.WRONG_VALUE, text)


def exact(got: Tensor, wanted: Tensor, what: str) -> Fail | None:
    """Whether a tensor is the same to the last bit, in the same dtype."""
    if got.dtype == wanted.dtype and torch.equal(got.detach(), wanted.detach()):
        return None
    return Fail(Diagnosis.WRONG_VALUE, f"{what} is not exactly what it should be.")
