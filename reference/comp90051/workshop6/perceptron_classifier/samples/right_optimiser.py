# verdict: accepted
# about: backward and an optimiser for the single step
import torch
class Base:
    def _score(self, X): return torch.einsum('...d,d->...', X, self.w)
class PerceptronClassifier(Base):
    def __init__(self, n_features):
        super().__init__()
        self.n = n_features
        self.w = torch.nn.Parameter(torch.zeros(n_features))
    def fit(self, X, y, epochs):
        self.w = torch.nn.Parameter(torch.zeros(self.n, dtype=X.dtype))
        opt = torch.optim.SGD([self.w], lr=1.0)
        for e in range(epochs):
            for xi, yi in zip(X, y):
                s = self._score(xi)
                yhat = 1.0 if s.item() >= 0 else -1.0
                if yhat != yi.item():
                    opt.zero_grad(); (-yi * s).backward(); opt.step()
        return self
    def predict(self, X):
        s = self._score(X)
        return torch.where(s >= 0, torch.ones_like(s), torch.full_like(s, -1))
