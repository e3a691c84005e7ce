# verdict: wrong_answer
# about: the candidate goes through a sigmoid like the gates
import torch


def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    s = torch.cat([x_t, h_prev])
    i, f, o, g = (torch.sigmoid(W @ s + b) for W, b in ((W_i, b_i), (W_f, b_f), (W_o, b_o), (W_c, b_c)))
    c = f * c_prev + i * g
    return o * torch.tanh(c), c
