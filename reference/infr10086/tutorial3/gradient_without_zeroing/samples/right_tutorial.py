# verdict: accepted
# about: backward on w itself, the loss as a module
import torch
from torch import nn

ce = nn.CrossEntropyLoss(reduction="sum")


def gradient_without_zeroing(w, x_i, y_i, repeats):
    for i in range(repeats):
        loss = ce(w @ x_i, y_i)
        loss.backward()
        print(i, loss, w.grad)
    return w.grad
