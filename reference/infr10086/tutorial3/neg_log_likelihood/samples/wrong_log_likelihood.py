# verdict: wrong_answer
# diagnosis: sign
# about: the likelihood itself, to be maximised
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return (-d / 2 * math.log(2 * math.pi) - d / 2 * torch.log(var_)
            - (samples - mu).norm() ** 2 / (2 * var_) / n)
