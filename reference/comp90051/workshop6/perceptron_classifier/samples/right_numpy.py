# verdict: accepted
# about: numpy inside; the attribute is made by fit, as a tensor
import numpy as np
import torch


def sgn(s):
    return np.where(s >= 0, 1, -1)


class PerceptronClassifier(object):
    def __init__(self, n):
        self.weights = np.zeros(n)

    def fit(self, data, labels, n_iter):
        A, b = data.numpy(), labels.numpy()
        w = np.zeros(A.shape[1], dtype=A.dtype)
        for _ in range(n_iter):
            for a, label in zip(A, b):
                w += (label - sgn(w @ a)) / 2 * a
        self.weights = w
        return self

    @property
    def w(self):
        return torch.from_numpy(self.weights)

    def predict(self, data):
        return torch.from_numpy(sgn(data.numpy() @ self.weights).astype(self.weights.dtype))
