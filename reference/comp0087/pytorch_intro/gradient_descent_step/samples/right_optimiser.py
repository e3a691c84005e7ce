# verdict: accepted
# about: torch.optim.SGD on a parameter that holds a copy
import torch


def gradient_descent_step(theta, loss_fn, lr):
    p = torch.nn.Parameter(theta.detach().clone())
    optimizer = torch.optim.SGD([p], lr=lr)
    optimizer.zero_grad()
    loss_fn(p).backward()
    optimizer.step()
    return p.detach()
