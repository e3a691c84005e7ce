# verdict: accepted
# about: through NumPy arrays that share the memory of the inputs but are only read
import torch


def sgd_step(p, g, lr):
    return torch.from_numpy(p.numpy() - lr * g.numpy())
