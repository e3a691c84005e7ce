# verdict: accepted
# about: torch.func differentiates a function
import torch


def loss_gradients(w, b, x, y_true):
    def loss(w, b):
        return torch.sum((torch.mv(x, w) + b - y_true) ** 2)

    (grad_w, grad_b), value = torch.func.grad_and_value(loss, argnums=(0, 1))(w.detach(), b.detach())
    return [value, grad_w, grad_b]
