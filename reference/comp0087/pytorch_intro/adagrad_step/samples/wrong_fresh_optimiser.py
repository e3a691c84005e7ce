# verdict: partial
# about: an optimiser that knows nothing of the earlier steps
import torch


def adagrad_step(p, g, s, lr, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    optimiser = torch.optim.Adagrad([q], lr=lr, eps=eps)
    optimiser.step()
    return q.detach(), s + optimiser.state[q]["sum"]
