# verdict: accepted
# about: torch's optimiser on a copy that it may change
import torch


def sgd_step(p, g, lr):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    torch.optim.SGD([q], lr=lr).step()
    return q.detach()
