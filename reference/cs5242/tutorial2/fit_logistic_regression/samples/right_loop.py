# verdict: accepted
# about: slow: one sample after the other, a module and its optimiser
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.w = nn.Parameter(torch.randn(d))
        self.b = nn.Parameter(torch.randn(1))

    def forward(self, row):
        return torch.sigmoid(torch.dot(row, self.w) + self.b[0])


def fit_logistic_regression(x, y01, lr, tol, max_steps):
    model = Model(x.shape[1]).to(x.device).to(x.dtype)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_steps):
        loss = torch.zeros((), dtype=x.dtype, device=x.device)
        for i in range(len(x)):
            p = model(x[i])
            loss = loss - (y01[i] * torch.log(p) + (1 - y01[i]) * torch.log(1 - p))
        losses.append(loss.item())
        if losses[-1] <= tol:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.w.data, model.b.data, losses
