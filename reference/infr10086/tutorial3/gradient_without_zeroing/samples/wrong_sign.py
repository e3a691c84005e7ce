# verdict: wrong_answer
# diagnosis: sign
# about: the log-probability instead of the loss
import torch


def gradient_without_zeroing(w, x_i, y_i, repeats):
    for _ in range(repeats):
        torch.log_softmax(w @ x_i, dim=0)[y_i].backward()
    return w.grad
