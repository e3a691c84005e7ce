# verdict: partial
# diagnosis: wrong_value
# about: a margin of 0 counts as a mistake
import torch


def perceptron_train(X, y, w0, epochs):
    w = w0.clone()
    mistakes = []
    for _ in range(epochs):
        count = 0
        for x, t in zip(X, y):
            if t * (w @ x) <= 0:
                w = w + t * x
                count += 1
        mistakes.append(count)
    return w, mistakes
