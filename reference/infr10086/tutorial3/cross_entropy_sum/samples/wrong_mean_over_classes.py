# verdict: partial
# about: the mean of a one-hot product: divided by the number of classes
import torch


def cross_entropy_sum(w, x_i, y_i):
    one_hot = torch.eye(len(w), dtype=w.dtype)[y_i]
    return -(one_hot * torch.log_softmax(w @ x_i, 0)).mean()
