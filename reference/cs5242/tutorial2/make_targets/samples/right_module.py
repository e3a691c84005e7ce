# verdict: accepted
# about: the parameters copied into an nn.Linear
import torch, numpy as np
def make_targets(x, w, b):
    l = torch.nn.Linear(x.shape[1], 1).to(x)
    with torch.no_grad():
        l.weight.copy_(w[None]); l.bias.copy_(b)
        return l(x)[:, 0]
