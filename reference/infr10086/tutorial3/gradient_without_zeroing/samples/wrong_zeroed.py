# verdict: partial
# diagnosis: mean_for_sum
# about: zeroes before every pass (right for a single one)
from torch import nn, optim


def gradient_without_zeroing(w, x_i, y_i, repeats):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD([w], lr=0.1)
    for _ in range(repeats):
        opt.zero_grad()
        ce(w @ x_i, y_i).backward()
    return w.grad
