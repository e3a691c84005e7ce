# verdict: partial
# diagnosis: input_changed
# about: the Parameter shares its memory with p
import torch


def adagrad_step(p, g, s, lr, eps):
    q = torch.nn.Parameter(p)
    q.grad = g
    optimiser = torch.optim.Adagrad([q], lr=lr, eps=eps)
    optimiser.state[q]["sum"] = s.clone()
    optimiser.step()
    return q.detach(), optimiser.state[q]["sum"]
