# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def nll_gradient(samples, mu, var_):
    leaf = mu.detach().float().requires_grad_(True)
    loss = ((samples.float() - leaf) ** 2).sum(1).mean() / (2 * float(var_))
    return torch.autograd.grad(loss, leaf)[0].to(mu.dtype)
