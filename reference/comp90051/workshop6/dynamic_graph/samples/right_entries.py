# verdict: accepted
# about: a list of scalar tensors, stacked at the end
import torch, numpy as np
import torch.nn.functional as F
def dynamic_graph(x, n):
    entries = list(x.unbind())
    for _ in range(n):
        s = sum(e.item() for e in entries)
        entries = [e / 2 for e in entries] if s > 0 else [3 * e + 1 for e in entries]
    return torch.stack(entries).sum()
