# verdict: partial
# about: changes the leaf in place under no_grad
import torch, numpy as np
import torch.nn.functional as F
def dynamic_graph(x, n):
    for _ in range(n):
        with torch.no_grad():
            if x.sum() > 0: x.div_(2)
            else: x.mul_(3).add_(1)
    return x.sum()
