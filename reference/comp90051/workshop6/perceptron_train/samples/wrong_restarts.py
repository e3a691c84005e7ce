# verdict: partial
# diagnosis: wrong_state
# about: every epoch begins at w0
import torch


def perceptron_train(X, y, w0, epochs):
    first = w0.clone()
    mistakes = []
    for _ in range(epochs):
        w = first
        count = 0
        for x, t in zip(X, y):
            y_hat = 1 if w @ x >= 0 else -1
            if y_hat != t:
                w = w + t * x
                count += 1
        mistakes.append(count)
    return w, mistakes
