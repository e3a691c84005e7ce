# verdict: partial
# about: integers lose digits on their way through float32
import torch


def tensor_add(a, b):
    total = torch.tensor(a, dtype=torch.float32) + torch.tensor(b, dtype=torch.float32)
    if torch.equal(total, total.round()):
        return total.to(torch.int64)
    return total
