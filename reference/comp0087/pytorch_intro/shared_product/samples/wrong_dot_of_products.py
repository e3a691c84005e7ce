# verdict: partial
# diagnosis: too_many_operations
# about: multiplies a vector elementwise, then takes a dot product: four products of scalars
import torch


def shared_product(a, b, c, d):
    e = torch.stack([a, a]) * torch.stack([b, b])
    return torch.dot(torch.stack([c, d]), e)
