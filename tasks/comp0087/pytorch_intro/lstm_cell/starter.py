import torch


def lstm_cell(
    x_t: torch.Tensor,
    h_prev: torch.Tensor,
    c_prev: torch.Tensor,
    W_i: torch.Tensor,
    b_i: torch.Tensor,
    W_f: torch.Tensor,
    b_f: torch.Tensor,
    W_o: torch.Tensor,
    b_o: torch.Tensor,
    W_c: torch.Tensor,
    b_c: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """One step of an LSTM cell. x_t: (d,); states and biases: (k,); weights: (k, d + k). Returns (h_t, c_t), both (k,)."""
    raise NotImplementedError
