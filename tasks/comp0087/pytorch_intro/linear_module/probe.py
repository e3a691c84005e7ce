"""What the grader looks at besides calling the module."""

from __future__ import annotations

from typing import Any

import torch


def start_of(submission: Any, module: torch.nn.Module, twin: torch.nn.Module) -> dict[str, Any]:
    """Parameters of two fresh modules, copied before anything is loaded into them."""
    return {
        "parameters": {name: value.detach().clone() for name, value in module.named_parameters()},
        "twin": {name: value.detach().clone() for name, value in twin.named_parameters()},
        "trainable": {name: value.requires_grad for name, value in module.named_parameters()},
    }
