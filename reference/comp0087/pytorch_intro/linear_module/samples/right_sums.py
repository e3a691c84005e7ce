# verdict: accepted
# about: numpy draws, b registered first, the product written as a sum
import numpy as np
import torch


class LinearModule(torch.nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        rng = np.random.default_rng()
        self.b = torch.nn.Parameter(torch.tensor(rng.normal(size=y_dim), dtype=torch.float32))
        self.W = torch.nn.Parameter(torch.tensor(rng.normal(0.0, 1.0, (y_dim, x_dim)), dtype=torch.float32))

    def forward(self, x):
        return (self.W * x).sum(dim=1) + self.b
