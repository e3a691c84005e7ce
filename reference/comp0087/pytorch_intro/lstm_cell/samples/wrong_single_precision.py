# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch
def lstm_cell(x_t, h_prev, c_prev, W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c):
    s = torch.cat([x_t, h_prev]).float()
    i = torch.sigmoid(W_i.float() @ s + b_i.float()); f = torch.sigmoid(W_f.float() @ s + b_f.float()); o = torch.sigmoid(W_o.float() @ s + b_o.float())
    c = f * c_prev.float() + i * torch.tanh(W_c.float() @ s + b_c.float())
    h = o * torch.tanh(c)
    return h.to(x_t.dtype), c.to(x_t.dtype)
