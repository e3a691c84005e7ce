# verdict: accepted
# about: a one-hot vector picks the log-probability
import torch


def cross_entropy_sum(w, x_i, y_i):
    scores = torch.einsum("cd,d->c", w, x_i)
    one_hot = torch.nn.functional.one_hot(y_i, len(w)).to(w.dtype)
    return -(one_hot * torch.log_softmax(scores, 0)).sum()
