"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Why Autograd?": one step of an LSTM."""

from __future__ import annotations

import torch
from torch import Tensor


def lstm_cell(
    x_t: Tensor,
    h_prev: Tensor,
    c_prev: Tensor,
    W_i: Tensor,
    b_i: Tensor,
    W_f: Tensor,
    b_f: Tensor,
    W_o: Tensor,
    b_o: Tensor,
    W_c: Tensor,
    b_c: Tensor,
) -> tuple[Tensor, Tensor]:
    """(h_t, c_t) from the input and the states before."""
    s_t = torch.cat([x_t, h_prev])
    i_t = torch.sigmoid(W_i @ s_t + b_i)
    f_t = torch.sigmoid(W_f @ s_t + b_f)
    o_t = torch.sigmoid(W_o @ s_t + b_o)
    c_t = f_t * c_prev + i_t * torch.tanh(W_c @ s_t + b_c)
    return o_t * torch.tanh(c_t), c_t
