# verdict: accepted
# about: the sum of squared errors of the library
import torch


def squared_distance_term(samples, mu, var_):
    errors = torch.nn.functional.mse_loss(samples, mu.expand_as(samples), reduction="none")
    return errors.sum(dim=1).mean() / (2 * var_)
