# verdict: accepted
# about: a function of torch for each
import torch


def basic_operations(a, b):
    out = dict()
    out['sum'] = torch.add(a, b)
    out['product'] = torch.mul(a, b)
    out['matmul'] = torch.mm(a, b)
    out['row_means'] = torch.sum(a, 1) / a.shape[1]
    out['transpose'] = torch.transpose(a, 0, 1)
    return out
