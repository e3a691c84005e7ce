# verdict: partial
# about: scores in single precision, cast back
import torch
from torch import nn
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(n_features)); self.b = nn.Parameter(torch.zeros(1))
    def forward(self, X): return torch.sigmoid(X.float() @ self.w.float() + self.b.float()).to(X.dtype)
    def fit(self, X, y, lr, epochs):
        opt = torch.optim.SGD(self.parameters(), lr=lr); losses = []
        for _ in range(epochs):
            opt.zero_grad()
            loss = nn.functional.binary_cross_entropy(self(X), y)
            loss.backward(); opt.step(); losses.append(loss.item())
        return losses
