# verdict: accepted
# about: a table of the probabilities of both labels, gathered by label
import torch


def binary_cross_entropy(f, y):
    table = torch.stack([1 - f, f], dim=1).log()
    return torch.nn.functional.nll_loss(table, y.long(), reduction="none")
