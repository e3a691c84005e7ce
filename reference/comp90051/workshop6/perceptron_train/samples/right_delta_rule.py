# verdict: accepted
# about: every row moves the weights by half of label minus prediction, which is nothing after a right one
import torch


@torch.no_grad()
def perceptron_train(X, y, w0, epochs):
    w, mistakes = w0.detach().clone(), []
    one = torch.ones((), dtype=X.dtype)
    for _ in range(epochs):
        wrong = 0
        for x_t, y_t in zip(X.unbind(0), y.unbind(0)):
            y_hat = torch.where((w * x_t).sum() >= 0, one, -one)
            w += (y_t - y_hat) / 2 * x_t
            wrong += int(y_t != y_hat)
        mistakes.append(wrong)
    return [w, torch.tensor(mistakes)]
