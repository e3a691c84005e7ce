# verdict: partial
# diagnosis: forbidden_operation
# about: PairwiseDistance calls a norm (its eps, which would change the value a little, is set to 0)
import torch


def squared_distance_term(samples, mu, var_):
    distances = torch.nn.PairwiseDistance(eps=0.0)(samples, mu.expand_as(samples))
    return (distances ** 2).mean() / (2 * var_)
