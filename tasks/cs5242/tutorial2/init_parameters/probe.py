"""What the grader looks at besides the values."""

from __future__ import annotations

from typing import Any

import torch


def facts(submission: Any, parameters: Any) -> list[dict[str, Any]]:
    """Of everything that was returned: its type, and of tensors shape, flags and device."""
    parts = parameters if isinstance(parameters, tuple | list) else [parameters]
    return [_fact(part) for part in parts]


def drawn(submission: Any, d: int, device: torch.device, calls: int) -> dict[str, torch.Tensor]:
    """The values of many calls: w (calls, d) and b (calls, 1), on the CPU."""
    draws = [submission(d, device) for _ in range(calls)]
    return {
        "w": torch.stack([w.detach().cpu() for w, _ in draws]) if draws else torch.zeros(0, d),
        "b": torch.stack([b.detach().cpu() for _, b in draws]) if draws else torch.zeros(0, 1),
    }


def _fact(part: Any) -> dict[str, Any]:
    if not isinstance(part, torch.Tensor):
        return {"type": type(part).__name__}
    return {
        "type": "Tensor",
        "shape": list(part.shape),
        "floating": part.is_floating_point(),
        "leaf": part.is_leaf,
        "requires_grad": part.requires_grad,
        "device": part.device.type,
    }
