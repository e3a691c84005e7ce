# verdict: accepted
# about: two loops and an if, sgn as a function of its own
import torch


def sgn(s):
    if s >= 0:
        return 1
    return -1


def perceptron_train(X, y, w0, epochs):
    w = w0.clone()
    history = []
    for t in range(epochs):
        errors = 0
        for i in range(X.shape[0]):
            if sgn(w @ X[i]) != y[i].item():
                w = w + y[i] * X[i]
                errors += 1
        history.append(errors)
    return w, history
