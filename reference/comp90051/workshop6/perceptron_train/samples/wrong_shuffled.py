# verdict: partial
# about: a random order in every epoch
import torch


def perceptron_train(X, y, w0, epochs):
    w = w0.clone()
    mistakes = []
    for _ in range(epochs):
        order = torch.randperm(len(X))
        count = 0
        for x, t in zip(X[order], y[order]):
            y_hat = 1 if w @ x >= 0 else -1
            if y_hat != t:
                w = w + t * x
                count += 1
        mistakes.append(count)
    return w, mistakes
