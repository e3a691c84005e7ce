# verdict: wrong_answer
# about: subtracts the largest score from one of the two terms only
import torch


def cross_entropy_sum(w, x_i, y_i):
    s = w @ x_i
    return torch.log(torch.exp(s - s.max()).sum()) - s[y_i]
