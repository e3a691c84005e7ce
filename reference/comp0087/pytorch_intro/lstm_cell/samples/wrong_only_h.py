# verdict: wrong_answer
# about: returns h alone
import torch


def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    s = torch.cat([x_t, h_prev])
    i = torch.sigmoid(W_i @ s + b_i)
    f = torch.sigmoid(W_f @ s + b_f)
    o = torch.sigmoid(W_o @ s + b_o)
    c = f * c_prev + i * torch.tanh(W_c @ s + b_c)
    return o * torch.tanh(c)
