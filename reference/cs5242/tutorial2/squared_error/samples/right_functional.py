# verdict: accepted
# about: mse_loss with the reduction that adds
from torch.nn import functional


def squared_error(w, b, x, y_true):
    return functional.mse_loss(functional.linear(x, w[None], b)[:, 0], y_true, reduction="sum")
