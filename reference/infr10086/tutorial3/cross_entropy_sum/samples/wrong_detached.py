# verdict: partial
# diagnosis: detached
# about: detaches the weights
import torch


def cross_entropy_sum(w, x_i, y_i):
    loss = torch.nn.functional.cross_entropy(w.detach() @ x_i, y_i)
    return loss
