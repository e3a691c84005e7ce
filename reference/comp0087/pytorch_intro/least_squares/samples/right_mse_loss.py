# verdict: accepted
# about: half of torch's own loss without a reduction
import torch


def least_squares(f, y):
    return 0.5 * torch.nn.functional.mse_loss(f, y, reduction="none")
