# verdict: partial
# about: an optimiser that knows nothing of the earlier steps
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    q = torch.nn.Parameter(p.clone())
    q.grad = g.clone()
    torch.optim.Adam([q], lr=lr, betas=(beta1, beta2), eps=eps).step()
    return q.detach(), beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
