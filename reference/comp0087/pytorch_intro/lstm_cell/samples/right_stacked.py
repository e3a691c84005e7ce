# verdict: accepted
# about: one product with all four matrices stacked, then cut into four
import torch


def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    W = torch.cat([W_i, W_f, W_o, W_c], dim=0)
    b = torch.cat([b_i, b_f, b_o, b_c])
    s = torch.hstack((x_t, h_prev))
    i, f, o, g = torch.chunk(W.matmul(s) + b, 4)
    c = c_prev * f.sigmoid() + g.tanh() * i.sigmoid()
    h = c.tanh() * o.sigmoid()
    return h, c
