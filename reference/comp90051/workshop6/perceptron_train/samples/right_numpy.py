# verdict: accepted
# about: numpy inside, counts in an integer array
import numpy as np
import torch


def perceptron_train(X, y, w0, epochs):
    A, t, w = X.numpy(), y.numpy(), w0.numpy().copy()
    mistakes = np.zeros(epochs, dtype=int)
    for e in range(epochs):
        for a, label in zip(A, t):
            y_hat = np.where(np.dot(w, a) >= 0, 1.0, -1.0)
            if y_hat != label:
                w += label * a
                mistakes[e] += 1
    return torch.from_numpy(w), mistakes.tolist()
