"""Sizes and devices. A case for `cuda` runs on whatever device the grader has."""

from __future__ import annotations

from typing import Any

import torch


def sizes(rng: torch.Generator, d: int, device: torch.device, calls: int = 0) -> dict[str, Any]:
    """`calls` further draws are looked at; none on the meta device, which holds no numbers."""
    return {"d": d, "device": device, "calls": calls}
