# verdict: accepted
# about: a leaf of its own, backward, and a step without recording
import torch


def gradient_descent_step(theta, loss_fn, lr):
    t = theta.clone().detach().requires_grad_(True)
    loss = loss_fn(t)
    loss.backward()
    with torch.no_grad():
        return t - lr * t.grad
