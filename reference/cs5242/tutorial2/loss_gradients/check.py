"""That nothing of the result hangs on a graph."""

from __future__ import annotations

import torch

from grader.author import CaseView, Fail
from grader.judge.checkers.structure import is_detached

NAMES = ("The loss", "The gradient of w", "The gradient of b")


def are_detached(case: CaseView) -> Fail | None:
    """Of three results, those that are tensors require no gradient."""
    for what, part in zip(NAMES, case.got["value"], strict=True):
        attached = is_detached(part, what) if isinstance(part, torch.Tensor) else None
        if attached:
            return attached
    return None
