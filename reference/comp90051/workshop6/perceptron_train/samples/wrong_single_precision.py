# verdict: partial
# diagnosis: wrong_dtype
# about: always float32
import torch


def perceptron_train(X, y, w0, epochs):
    w = w0.clone().float()
    mistakes = []
    for _ in range(epochs):
        count = 0
        for x, t in zip(X.float(), y.float()):
            y_hat = 1 if w @ x >= 0 else -1
            if y_hat != t:
                w = w + t * x
                count += 1
        mistakes.append(count)
    return w, mistakes
