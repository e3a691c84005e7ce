# verdict: accepted
# about: the library's linear map with one output
import torch


def make_targets(x, w_true, b_true):
    return torch.nn.functional.linear(x, w_true[None], b_true).flatten()
