# verdict: partial
# diagnosis: wrong_gradient
# about: math.log turns a tensor var_ into a number, so half of its gradient is lost
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape

    log_var = math.log(var_.detach() if torch.is_tensor(var_) else var_)
    constants = 0.5 * d * (math.log(2 * math.pi) + log_var)
    return constants + ((samples - mu) ** 2).sum() / (2 * var_ * n)
