# verdict: wrong_answer
# diagnosis: wrong_type
# about: .item() gives a float, which has neither graph nor dtype
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    loss = (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
            + (samples - mu).norm() ** 2 / (2 * var_) / n)
    return loss.item()
