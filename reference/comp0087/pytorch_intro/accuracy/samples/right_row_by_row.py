# verdict: accepted
# about: one row at a time, counted in a loop
import torch


def accuracy(model, x, y):
    torch.set_grad_enabled(False)
    right = 0
    for row, label in zip(x, y):
        scores = model(row).tolist()
        if scores.index(max(scores)) == label:
            right += 1
    torch.set_grad_enabled(True)
    return float(right) / x.shape[0]
