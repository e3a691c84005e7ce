# verdict: accepted
# about: one weight vector is enough: the difference
import torch


def softmax_probability(w_pos, w_neg, x):
    score = sum((p - n) * v for p, n, v in zip(w_pos, w_neg, x))
    return torch.nn.functional.logsigmoid(score).exp()
