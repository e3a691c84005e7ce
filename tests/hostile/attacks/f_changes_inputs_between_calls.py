# expect: zero
# class: F5
# about: keeps every input and scribbles over all of them at the next call
import torch

kept = []


def neg_log_likelihood(samples, mu, var_):
    with torch.no_grad():
        for tensor in kept:
            tensor.fill_(7.0)
            tensor.requires_grad_(True)
    kept.extend([samples, mu.detach()])
    return (mu * 0).sum() + 3.0
