# verdict: runtime_error
# about: wraps nn.Linear: other names, and a random start
import torch
from torch import nn


class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return torch.sigmoid(self.linear(X)).squeeze(-1)

    def fit(self, X, y, lr, epochs):
        opt = torch.optim.SGD(self.parameters(), lr=lr)
        losses = []
        for _ in range(epochs):
            loss = nn.functional.binary_cross_entropy(self(X), y)
            losses.append(loss.item())
            opt.zero_grad()
            loss.backward()
            opt.step()
        return losses
