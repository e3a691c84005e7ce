# verdict: accepted
# about: torch.func.grad, detached at the end
import torch


def gradient_descent_step(theta, loss_fn, lr):
    g = torch.func.grad(loss_fn)(theta)
    return torch.sub(theta, g, alpha=lr).detach()
