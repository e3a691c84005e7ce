# verdict: accepted
# about: as on the slides, with the old form of super and of torch.randn
import torch
import torch.nn as nn


class LinearModule(nn.Module):
    def __init__(self, x_dim, y_dim):
        super(LinearModule, self).__init__()
        self.W = nn.Parameter(torch.randn((y_dim, x_dim), requires_grad=True))
        self.b = nn.Parameter(torch.randn((y_dim,)))

    def forward(self, x):
        return torch.matmul(self.W, x).add(self.b)
