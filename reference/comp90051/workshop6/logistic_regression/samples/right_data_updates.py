# verdict: accepted
# about: backward, updates through .data, gradients set to None
import torch
from torch.nn import Module, Parameter


class LogisticRegression(Module):
    def __init__(self, n_features):
        super().__init__()
        self.register_parameter("w", Parameter(torch.zeros(n_features)))
        self.register_parameter("b", Parameter(torch.zeros(1)))

    def score(self, X):
        return torch.einsum("nd,d->n", X, self.w) + self.b

    def forward(self, X):
        return self.score(X).sigmoid()

    def fit(self, X, y, lr, epochs):
        losses = torch.zeros(epochs, dtype=X.dtype)
        for k in range(epochs):
            s = self.score(X)
            loss = torch.mean(torch.nn.functional.softplus(s) - y * s)
            losses[k] = loss.detach()
            loss.backward()
            for p in self.parameters():
                p.data = p.data - lr * p.grad
                p.grad = None
        return losses.tolist()
