# verdict: accepted
# about: the log of a sum of exponentials over a stacked table
import torch
def logistic_loss(f, y):
    z = -(f * y)
    return torch.logsumexp(torch.stack([torch.zeros_like(z), z]), dim=0)
