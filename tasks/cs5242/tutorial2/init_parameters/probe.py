"""What the grader looks at besides the values."""

from __future__ import annotations

from typing import Any

import torch


def facts(submission: Any, parameters: tuple[torch.Tensor, torch.Tensor]) -> dict[str, dict[str, Any]]:
    """Flags and device of w and b."""
    return {
        name: {"leaf": value.is_leaf, "requires_grad": value.requires_grad, "device": value.device.type}
        for name, value in zip(("w", "b"), parameters, strict=True)
    }


def drawn(submission: Any, d: int, device: torch.device, calls: int) -> dict[str, torch.Tensor]:
    """The values of many calls: w (calls, d) and b (calls, 1), on the CPU."""
    draws = [submission(d, device) for _ in range(calls)]
    return {
        "w": torch.stack([w.detach().cpu() for w, _ in draws]) if draws else torch.zeros(0, d),
        "b": torch.stack([b.detach().cpu() for _, b in draws]) if draws else torch.zeros(0, 1),
    }
