# verdict: partial
# diagnosis: input_changed
# about: the optimiser zeroes the caller's g
import torch


def sgd_step(p, g, lr):
    q = p.clone().requires_grad_()
    q.grad = g
    opt = torch.optim.SGD([q], lr=lr)
    opt.step()
    opt.zero_grad(set_to_none=False)
    return q.detach()
