# verdict: partial
# diagnosis: state_not_changed
# about: the same with the mean over the rows
import torch


def perceptron_train(X, y, w0, epochs):
    w = w0.clone()
    mistakes = []
    for _ in range(epochs):
        y_hat = torch.where(X @ w >= 0, torch.ones_like(y), -torch.ones_like(y))
        wrong = y_hat != y
        mistakes.append(int(wrong.sum()))
        w = w + (y * wrong) @ X / len(X)
    return w, mistakes
