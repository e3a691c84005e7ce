# verdict: partial
# diagnosis: detached
# about: computed without a graph
import torch


def linear_forward(x, w, b):
    with torch.no_grad():
        return x @ w + b
