# verdict: accepted
# about: multiples of the gradient worked out by hand
import torch


def repeated_backward(w, b, x, y_true, k):
    with torch.no_grad():
        residual = x @ w + b - y_true
        loss = residual @ residual
        gradient = 2 * residual @ x
        return [loss for _ in range(k)], [i * gradient for i in range(1, k + 1)]
