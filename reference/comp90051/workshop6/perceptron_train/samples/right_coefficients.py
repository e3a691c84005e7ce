# verdict: accepted
# about: the dual form: counts how often each row was a mistake
import torch


def perceptron_train(X, y, w0, epochs):
    n = len(X)
    alpha = torch.zeros(n, dtype=X.dtype)
    gram = X @ X.T
    start = X @ w0
    mistakes = []
    for _ in range(epochs):
        before = alpha.sum()
        for i in range(n):
            s = start[i] + (alpha * y) @ gram[i]
            positive = bool(s >= 0)
            if positive != bool(y[i] > 0):
                alpha[i] += 1
        mistakes.append(int(alpha.sum() - before))
    return w0 + (alpha * y) @ X, mistakes
