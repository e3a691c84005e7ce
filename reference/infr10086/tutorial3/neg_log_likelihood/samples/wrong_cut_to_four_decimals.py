# verdict: partial
# about: rounds pi by hand; the gradients do not notice
import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    pi = 3.14
    return (d / 2 * torch.log(torch.tensor(2 * pi, dtype=samples.dtype)) + d / 2 * torch.log(var_)
            + ((samples - mu) ** 2).sum() / (2 * var_ * n))
