"""What the grader looks at besides calling the module."""

from __future__ import annotations

from typing import Any

import torch


def start_of(submission: Any, module: torch.nn.Module, twin: torch.nn.Module) -> dict[str, Any]:
    """Parameters and buffers of two fresh modules, copied before anything is loaded into them."""
    return {
        "parameters": {name: value.detach().clone() for name, value in module.named_parameters()},
        "twin": {name: value.detach().clone() for name, value in twin.named_parameters()},
        "trainable": {name: value.requires_grad for name, value in module.named_parameters()},
        "buffers": [name for name, _ in module.named_buffers()],
        "plain": [name for name, value in vars(module).items() if isinstance(value, torch.Tensor)],
    }


def in_dtype_of(submission: Any, module: torch.nn.Module, x: torch.Tensor) -> None:
    """Converts the module to the dtype of the input, as `.to` does for any module."""
    module.to(x.dtype)
