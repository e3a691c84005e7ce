# verdict: accepted
# about: adds the gradients up itself
import torch
import torch.nn.functional as F


def gradient_without_zeroing(weights, example, label, k):
    total = torch.zeros_like(weights)
    for _ in range(k):
        loss = F.cross_entropy((weights * example).sum(dim=1).unsqueeze(0), label.unsqueeze(0))
        (g,) = torch.autograd.grad(loss, weights)
        total = total + g
    return total
