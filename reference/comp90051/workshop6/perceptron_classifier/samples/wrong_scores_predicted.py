# verdict: partial
# about: predict returns scores
import torch


class PerceptronClassifier:
    def __init__(self, n_features):
        self.n_features = n_features
        self.w = torch.zeros(n_features)

    def fit(self, X, y, epochs):
        self.w = torch.zeros(self.n_features, dtype=X.dtype)
        for _ in range(epochs):
            for x, t in zip(X, y):
                y_hat = 1 if self.w @ x >= 0 else -1
                if y_hat != t:
                    self.w = self.w + t * x
        return self

    def predict(self, X):
        s = X @ self.w
        return s
