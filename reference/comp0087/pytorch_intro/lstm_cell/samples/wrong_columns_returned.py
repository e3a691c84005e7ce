# verdict: wrong_answer
# diagnosis: wrong_shape
# about: computes with columns and returns columns
import torch


def lstm_cell(x, h, c, Wi, bi, Wf, bf, Wo, bo, Wc, bc):
    s = torch.cat((x[:, None], h[:, None]), 0)
    i, f, o = (torch.sigmoid(W @ s + b[:, None]) for W, b in ((Wi, bi), (Wf, bf), (Wo, bo)))
    c = f * c[:, None] + i * torch.tanh(Wc @ s + bc[:, None])
    return o * torch.tanh(c), c
