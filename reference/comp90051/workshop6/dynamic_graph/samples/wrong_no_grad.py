# verdict: partial
# diagnosis: detached
# about: no_grad around everything
import torch


@torch.no_grad()
def dynamic_graph(x, n):
    for _ in range(n):
        x = x / 2 if x.sum() > 0 else 3 * x + 1
    return x.sum()
