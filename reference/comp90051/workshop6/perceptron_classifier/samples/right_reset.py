# verdict: accepted
# about: a method that sets the weights back, called by the constructor and by fit
import torch


class PerceptronClassifier:
    def __init__(self, n_features):
        self.d = n_features
        self.reset(torch.get_default_dtype())

    def reset(self, dtype):
        self.w = torch.zeros((self.d,)).to(dtype)

    def step(self, x, y):
        score = torch.sum(self.w * x)
        mistake = bool(score < 0) if y > 0 else bool(score >= 0)
        if mistake:
            self.w += y * x
        return mistake

    def fit(self, X, y, epochs):
        self.reset(X.dtype)
        self.mistakes_ = [sum(self.step(a, b) for a, b in zip(X, y)) for _ in range(epochs)]
        return self

    def predict(self, X):
        return torch.tensor([1.0 if torch.dot(self.w, x) >= 0 else -1.0 for x in X], dtype=X.dtype)
