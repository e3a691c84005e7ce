# verdict: accepted
# about: the gradient worked out on paper, losses kept as tensors
import torch


class LogisticRegression(torch.nn.Module):
    def __init__(self, n_features: int):
        super().__init__()
        self.b = torch.nn.Parameter(torch.zeros((1,)))
        self.w = torch.nn.Parameter(torch.zeros((n_features,)))

    def forward(self, X):
        return 1 / (1 + torch.exp(-(X * self.w).sum(1) - self.b))

    @torch.no_grad()
    def fit(self, X, y, lr, epochs):
        history = []
        n = len(y)
        for _ in range(epochs):
            p = self.forward(X)
            history.append(-(y * p.log() + (1 - y) * (1 - p).log()).mean())
            error = p - y
            self.w -= lr * (X.T @ error) / n
            self.b -= lr * error.mean()
        return history
