# verdict: partial
# diagnosis: detached
# about: the value is wrapped into a new tensor
import torch


def squared_distance_term(samples, mu, var_):
    value = ((samples - mu) ** 2).sum() / (2 * var_ * samples.shape[0])
    return torch.tensor(value.item(), dtype=samples.dtype)
