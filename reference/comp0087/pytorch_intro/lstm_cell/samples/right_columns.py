# verdict: accepted
# about: everything as columns of a matrix, made vectors again at the end
import torch


def lstm_cell(x, h, c, Wi, bi, Wf, bf, Wo, bo, Wc, bc):
    s = torch.cat((x[:, None], h[:, None]), 0)
    i = torch.sigmoid(torch.mm(Wi, s) + bi[:, None])
    f = torch.sigmoid(torch.mm(Wf, s) + bf[:, None])
    o = torch.sigmoid(torch.mm(Wo, s) + bo[:, None])
    c_new = torch.mul(f, c[:, None]) + torch.mul(i, torch.tanh(torch.mm(Wc, s) + bc[:, None]))
    h_new = o * torch.tanh(c_new)
    return h_new.flatten(), c_new.flatten()
