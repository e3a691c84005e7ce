# verdict: partial
# diagnosis: wrong_value
# about: torch.sign(0) is 0, which is no label: a mistake always
import torch


def perceptron_train(X, y, w0, epochs):
    w = w0.clone()
    mistakes = []
    for _ in range(epochs):
        count = 0
        for x, t in zip(X, y):
            if torch.sign(w @ x) != t:
                w = w + t * x
                count += 1
        mistakes.append(count)
    return w, mistakes
