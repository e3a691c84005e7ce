# verdict: partial
# diagnosis: wrong_gradient
# about: math.log turns a tensor var_ into a number, so half of its gradient is lost
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape

    log_var = math.log(var_.detach() if torch.is_tensor(var_) else var_)
    return d / 2.0 * math.log(2 * math.pi) + d / 2.0 * log_var + 0.5 / var_ * ((samples - mu) ** 2).sum() / n
