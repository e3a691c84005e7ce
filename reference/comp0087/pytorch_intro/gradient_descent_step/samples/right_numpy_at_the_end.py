# verdict: accepted
# about: autograd for the gradient, NumPy for the step
import torch


def gradient_descent_step(theta, loss_fn, lr):
    gradient = torch.autograd.grad(loss_fn(theta), [theta])[0].numpy()
    return torch.from_numpy(theta.detach().numpy() - lr * gradient)
