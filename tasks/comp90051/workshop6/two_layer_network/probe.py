"""What the grader does with the pair that a submission returns."""

from __future__ import annotations

from typing import Any

import torch


def gradients_of_f_only(submission: Any, pair: Any) -> Any:
    """(u, f) with u cut off, so that gradients of the result are those of f; anything else as it is."""
    if not isinstance(pair, tuple | list) or len(pair) != 2 or not isinstance(pair[0], torch.Tensor):
        return pair
    return pair[0].detach(), pair[1]
