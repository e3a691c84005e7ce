# verdict: accepted
# about: draws on the CPU in float64 and moves, which is fine for data
import torch


def make_inputs(n, d, device):
    return torch.normal(0.0, 1.0, (n, d), dtype=torch.float64).to(device)
