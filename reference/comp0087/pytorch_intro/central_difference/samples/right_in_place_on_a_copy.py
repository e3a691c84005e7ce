# verdict: accepted
# about: moves one entry of a copy up, down and back, as in lecture notes
import torch


def central_difference(f, x, eps):
    point = x.clone().detach()
    grad = torch.zeros(len(x), dtype=torch.float64)
    for i in range(len(x)):
        old = point[i].item()
        point[i] = old + eps
        plus = f(point).item()
        point[i] = old - eps
        minus = f(point).item()
        point[i] = old
        grad[i] = (plus - minus) / (2.0 * eps)
    return grad
