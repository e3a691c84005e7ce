"""What the grader looks at besides the values."""

from __future__ import annotations

from typing import Any

import torch


def facts(submission: Any, parameters: Any) -> list[dict[str, Any]]:
    """Of everything that was returned: its type, and of tensors shape, kind and device."""
    parts = parameters if isinstance(parameters, tuple | list) else [parameters]
    return [_fact(part) for part in parts]


def drawn(submission: Any, d: int, device: torch.device, calls: int) -> dict[str, torch.Tensor]:
    """The values of many calls: w_true (calls, d) and b_true (calls, 1), on the CPU."""
    draws = [submission(d, device) for _ in range(calls)]
    return {
        "w_true": torch.stack([w.detach().cpu() for w, _ in draws]) if draws else torch.zeros(0, d),
        "b_true": torch.stack([b.detach().cpu() for _, b in draws]) if draws else torch.zeros(0, 1),
    }


def _fact(part: Any) -> dict[str, Any]:
    if not isinstance(part, torch.Tensor):
        return {"type": type(part).__name__, "shape": [], "floating": False, "device": ""}
    return {
        "type": "Tensor",
        "shape": list(part.shape),
        "floating": part.is_floating_point(),
        "device": part.device.type,
    }
