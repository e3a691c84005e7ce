# verdict: partial
# diagnosis: exception
# about: the weights are called otherwise
import torch


class PerceptronClassifier:
    def __init__(self, n_features):
        self.n_features = n_features
        self.weights = torch.zeros(n_features)

    def fit(self, X, y, epochs):
        self.weights = torch.zeros(self.n_features, dtype=X.dtype)
        for _ in range(epochs):
            for x, t in zip(X, y):
                y_hat = 1 if self.weights @ x >= 0 else -1
                if y_hat != t:
                    self.weights = self.weights + t * x
        return self

    def predict(self, X):
        s = X @ self.weights
        return torch.where(s >= 0, torch.ones_like(s), -torch.ones_like(s))
