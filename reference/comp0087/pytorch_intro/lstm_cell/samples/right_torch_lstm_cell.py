# verdict: accepted
# about: PyTorch's own cell, with the gates in its order and the matrices split
import torch


def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    d = x_t.shape[0]
    W = torch.cat([W_i, W_f, W_c, W_o])
    b = torch.cat([b_i, b_f, b_c, b_o])
    h, c = torch.lstm_cell(
        x_t.unsqueeze(0), (h_prev.unsqueeze(0), c_prev.unsqueeze(0)), W[:, :d], W[:, d:], b, torch.zeros_like(b)
    )
    return h.squeeze(0), c.squeeze(0)
