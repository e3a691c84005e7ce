# verdict: accepted
# about: separate products for x and h with F.linear, and a sigmoid by hand
import torch
import torch.nn.functional as F


def sigma(a):
    return 1 / (1 + torch.exp(-a))


def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    d = len(x_t)

    def affine(W, b):
        return F.linear(x_t, W[:, :d], b) + F.linear(h_prev, W[:, d:])

    i, f, o = sigma(affine(W_i, b_i)), sigma(affine(W_f, b_f)), sigma(affine(W_o, b_o))
    c = f * c_prev + i * torch.tanh(affine(W_c, b_c))
    return [o * torch.tanh(c), c]
