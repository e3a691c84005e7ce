# verdict: partial
# diagnosis: too_many_operations
# about: the same products inside torch.prod
import torch


def shared_product(a, b, c, d):
    return torch.prod(torch.stack([c, a, b])) + torch.prod(torch.stack([d, a, b]))
