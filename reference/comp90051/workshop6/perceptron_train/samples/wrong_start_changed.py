# verdict: partial
# diagnosis: input_changed
# about: writes into w0
import torch


def perceptron_train(X, y, w0, epochs):
    w = w0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for x, t in zip(X, y):
            y_hat = 1 if w @ x >= 0 else -1
            if y_hat != t:
                w += t * x
                count += 1
        mistakes.append(count)
    return w, mistakes
