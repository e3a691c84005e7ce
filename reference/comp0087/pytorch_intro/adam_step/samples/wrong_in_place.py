# verdict: partial
# diagnosis: input_changed
# about: changes the caller's averages
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(g, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    return p - lr * m / (1 - beta1**t) / (torch.sqrt(v / (1 - beta2**t)) + eps), m, v
