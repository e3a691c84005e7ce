# verdict: accepted
# about: torch's optimiser on copies, with its state put in place
import torch


def adagrad_step(p, g, s, lr, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    optimiser = torch.optim.Adagrad([q], lr=lr, eps=eps)
    optimiser.state[q]["sum"] = s.clone()
    optimiser.step()
    return q.detach(), optimiser.state[q]["sum"]
