# verdict: partial
# about: counts with the weights at the end of the epoch
import torch


def perceptron_train(X, y, w0, epochs):
    w = w0.clone()
    mistakes = []
    for _ in range(epochs):
        for x, t in zip(X, y):
            y_hat = 1 if w @ x >= 0 else -1
            if y_hat != t:
                w = w + t * x
        mistakes.append(int(((X @ w >= 0) != (y > 0)).sum()))
    return w, mistakes
