# verdict: partial
# diagnosis: not_a_number
# about: replaces the infinite value; the gradient is nan
import torch
def logistic_loss(f, y):
    return torch.nan_to_num(torch.log1p(torch.exp(-f*y)), posinf=1000.)
