# verdict: partial
# about: begins at zero whatever w0 is
import torch


def perceptron_train(X, y, w0, epochs):
    w = torch.zeros_like(w0)
    mistakes = []
    for _ in range(epochs):
        count = 0
        for x, t in zip(X, y):
            y_hat = 1 if w @ x >= 0 else -1
            if y_hat != t:
                w = w + t * x
                count += 1
        mistakes.append(count)
    return w, mistakes
