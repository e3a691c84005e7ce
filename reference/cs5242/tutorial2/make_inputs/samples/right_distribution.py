# verdict: accepted
# about: torch.distributions, stacked from single samples
import torch


def make_inputs(n, d, device):
    normal = torch.distributions.Normal(0.0, 1.0)
    return torch.stack([normal.sample((d,)) for _ in range(n)]).to(device)
