# verdict: accepted
# about: a loop over the rows, Python numbers in a list
import torch


def perceptron_predict(w, X):
    labels = []
    for row in X:
        s = torch.dot(row, w).item()
        labels.append(1.0 if s >= 0 else -1.0)
    return torch.tensor(labels, dtype=X.dtype)
