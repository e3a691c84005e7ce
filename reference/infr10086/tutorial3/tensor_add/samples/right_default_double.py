# verdict: accepted
# about: another default dtype, torch.add
import torch

torch.set_default_dtype(torch.float64)


def tensor_add(a, b):
    return torch.add(torch.as_tensor(a), torch.as_tensor(b))
