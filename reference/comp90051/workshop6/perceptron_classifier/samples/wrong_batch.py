# verdict: partial
# diagnosis: state_not_changed
# about: scores all rows at once, then adds all mistakes
import torch


class PerceptronClassifier:
    def __init__(self, n_features):
        self.w = torch.zeros(n_features)

    def predict(self, X):
        return (X @ self.w >= 0).to(X.dtype) * 2 - 1

    def fit(self, X, y, epochs):
        self.w = torch.zeros(X.shape[1], dtype=X.dtype)
        for _ in range(epochs):
            wrong = self.predict(X) != y
            self.w = self.w + (y[wrong, None] * X[wrong]).sum(dim=0)
        return self
