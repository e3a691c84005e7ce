# verdict: accepted
# about: numpy inside, and an array returned
import numpy as np


def perceptron_predict(w, X):
    s = np.matmul(X.numpy(), w.numpy())
    return np.where(s < 0, -1, 1).astype(s.dtype)
