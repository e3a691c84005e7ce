# verdict: accepted
# about: the Jacobian with respect to one vector of weights; returns Python numbers
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    theta = torch.tensor([w0.item(), w1.item(), v.item()], dtype=v.dtype)

    def loss(t):
        return (t[2] * (a * t[0] + b * t[1]) - y) ** 2

    return torch.autograd.functional.jacobian(loss, theta).tolist()
