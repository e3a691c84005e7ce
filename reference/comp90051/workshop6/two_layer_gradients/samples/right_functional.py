# verdict: accepted
# about: torch.func.grad of the loss as a function of the weights
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    def loss(weights):
        p, q, r = weights
        return torch.nn.functional.mse_loss(r * (a.detach() * p + b.detach() * q), y.detach())

    return torch.func.grad(loss)((w0.detach(), w1.detach(), v.detach()))
