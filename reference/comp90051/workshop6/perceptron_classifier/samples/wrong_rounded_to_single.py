# verdict: partial
# diagnosis: wrong_value
# about: computes in float32 and converts back
import torch
class PerceptronClassifier:
    def __init__(self, n_features):
        self.n = n_features
        self.w = torch.zeros(n_features)
    def fit(self, X, y, epochs):
        self.w = torch.zeros(self.n).to(X.dtype)
        for _ in range(epochs):
            for xi, yi in zip(X.float(), y.float()):
                if (1 if xi @ self.w.float() >= 0 else -1) != yi:
                    self.w = self.w + (yi * xi)
        self.w = self.w.float().to(X.dtype)
        return self
    def predict(self, X):
        return torch.where(X @ self.w >= 0, 1.0, -1.0).to(X.dtype)
