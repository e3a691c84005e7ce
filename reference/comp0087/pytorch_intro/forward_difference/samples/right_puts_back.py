# verdict: accepted
# about: moves the caller's x and puts the very same number back
import torch


def forward_difference(f, x, eps):
    fx = f(x).item()
    grad = []
    for i in range(len(x)):
        old = x[i].item()
        x[i] = old + eps
        grad.append((f(x).item() - fx) / eps)
        x[i] = old
    return torch.tensor(grad, dtype=torch.float64)
