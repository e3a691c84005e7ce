# verdict: wrong_answer
# about: a new tensor for e cuts a and b off
import torch


def shared_product(a, b, c, d):
    e = torch.tensor(a * b)
    return c * e + d * e
