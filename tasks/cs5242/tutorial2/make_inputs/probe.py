"""What the grader looks at besides the values."""

from __future__ import annotations

from typing import Any

import torch


def facts(submission: Any, made: Any) -> dict[str, Any]:
    """Of what was returned: its type, and of a tensor shape, kind and device."""
    if not isinstance(made, torch.Tensor):
        return {"type": type(made).__name__, "shape": [], "floating": False, "device": ""}
    return {
        "type": "Tensor",
        "shape": list(made.shape),
        "floating": made.is_floating_point(),
        "device": made.device.type,
    }


def drawn(submission: Any, n: int, d: int, device: torch.device, calls: int) -> torch.Tensor:
    """The tables of many calls on the CPU, (calls, n, d)."""
    if not calls:
        return torch.zeros(0, n, d)
    return torch.stack([submission(n, d, device).detach().cpu() for _ in range(calls)])
