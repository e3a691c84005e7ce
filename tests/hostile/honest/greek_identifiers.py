# -*- coding: utf-8 -*-
# about: identifiers, strings and comments beyond ASCII, match, walrus and a type alias
import math
from typing import TypeAlias

import torch

Тензор: TypeAlias = torch.Tensor
π = math.pi


def neg_log_likelihood(x: Тензор, μ: Тензор, σ2) -> Тензор:
    """Ünïcödé: ∑ᵢ‖xᵢ − μ‖², 密度 🎲"""
    match x.shape:
        case (n, d):
            pass
    σ2 = torch.as_tensor(σ2, dtype=x.dtype)
    return d / 2 * (math.log(2 * π) + σ2.log()) + (Δ := x - μ).square().sum() / (2 * σ2 * n)
