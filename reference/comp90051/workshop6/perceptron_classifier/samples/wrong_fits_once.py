# verdict: partial
# diagnosis: state_not_changed
# about: a second fit does nothing
import torch


class PerceptronClassifier:
    def __init__(self, n_features):
        self.w = torch.zeros(n_features)
        self.fitted = False

    def predict(self, X):
        return (X @ self.w >= 0).to(X.dtype) * 2 - 1

    def fit(self, X, y, epochs):
        if self.fitted:
            return self
        self.fitted = True
        self.w = self.w.to(X.dtype)
        for _ in range(epochs):
            for i in range(len(X)):
                if self.predict(X[i : i + 1]).item() != y[i]:
                    self.w += y[i] * X[i]
        return self
