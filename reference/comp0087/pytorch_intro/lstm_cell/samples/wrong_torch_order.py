# verdict: wrong_answer
# diagnosis: swapped
# about: stacks the gates as i, f, o, c where PyTorch's cell wants i, f, c, o
import torch


def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    d = x_t.shape[0]
    W = torch.cat([W_i, W_f, W_o, W_c])
    b = torch.cat([b_i, b_f, b_o, b_c])
    h, c = torch.lstm_cell(x_t[None], (h_prev[None], c_prev[None]), W[:, :d], W[:, d:], b, torch.zeros_like(b))
    return h[0], c[0]
