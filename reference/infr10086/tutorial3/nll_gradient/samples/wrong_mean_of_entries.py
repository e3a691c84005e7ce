# verdict: partial
# diagnosis: mean_for_sum
# about: averages over the entries, too small by d (right in one dimension)
import torch


def nll_gradient(samples, mu, var_):
    leaf = mu.detach().clone().requires_grad_(True)
    loss = ((samples - leaf) ** 2).mean() / (2 * var_)
    return torch.autograd.grad(loss, leaf)[0]
