# verdict: partial
# diagnosis: wrong_value
# about: weights kept on the class
import torch
class PerceptronClassifier:
    w = torch.zeros(3)
    def __init__(self, n_features):
        self.n = n_features
    def fit(self, X, y, epochs):
        w = torch.zeros(self.n, dtype=X.dtype)
        for _ in range(epochs):
            for xi, yi in zip(X, y):
                if (1 if xi @ w >= 0 else -1) != yi:
                    w = w + yi * xi
        PerceptronClassifier.w = w
        return self
    def predict(self, X):
        return torch.where(X @ PerceptronClassifier.w >= 0, 1.0, -1.0).to(X.dtype)
