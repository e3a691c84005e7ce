# verdict: accepted
# about: shared tensors are told by their memory
import torch


def count_parameters(module):
    found = {}
    for p in module.state_dict(keep_vars=True).values():
        if isinstance(p, torch.nn.Parameter) and p.requires_grad:
            found[p.data_ptr()] = len(p.detach().reshape(-1))
    return sum(found.values())
