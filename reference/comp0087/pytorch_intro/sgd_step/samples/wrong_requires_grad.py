# verdict: partial
# diagnosis: input_changed
# about: makes p require gradients
import torch


def sgd_step(p, g, lr):
    p.requires_grad_()
    with torch.no_grad():
        return p - lr * g
