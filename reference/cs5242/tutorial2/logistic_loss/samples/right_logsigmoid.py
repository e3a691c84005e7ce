# verdict: accepted
# about: both logarithms by logsigmoid
import torch


def logistic_loss(w, b, x, y01):
    s = torch.einsum("ij,j->i", x, w) + b
    log_p, log_q = torch.nn.functional.logsigmoid(s), torch.nn.functional.logsigmoid(-s)
    return -(y01 * log_p + (1 - y01) * log_q).sum()
