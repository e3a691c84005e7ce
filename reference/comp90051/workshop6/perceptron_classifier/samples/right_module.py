# verdict: accepted
# about: a torch.nn.Module whose weights are a parameter
import torch
from torch import nn


class PerceptronClassifier(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(n_features), requires_grad=False)

    def forward(self, X):
        return X @ self.w

    def fit(self, X, y, epochs):
        self.w.zero_()
        for epoch in range(epochs):
            for i in range(X.size(0)):
                if self.predict(X[i : i + 1])[0] != y[i]:
                    self.w.add_(y[i] * X[i])
        return self

    def predict(self, X):
        s = self(X)
        s[s >= 0] = 1
        s[s < 0] = -1
        return s
