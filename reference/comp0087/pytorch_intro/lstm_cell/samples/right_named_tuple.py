# verdict: accepted
# about: all four gates in one batch of matrices, and a named tuple as result
import torch
from collections import namedtuple
S = namedtuple("S", "h c")
def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    s = torch.cat([x_t, h_prev]).unsqueeze(-1)
    W = torch.stack([W_i, W_f, W_o, W_c]); b = torch.stack([b_i, b_f, b_o, b_c])
    z = (W @ s).squeeze(-1) + b
    i, f, o = torch.sigmoid(z[:3]).unbind(0)
    c = f*c_prev+i*z[3].tanh()
    return S(o*c.tanh(), c)
