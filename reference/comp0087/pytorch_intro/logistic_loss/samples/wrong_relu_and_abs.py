# verdict: partial
# diagnosis: wrong_gradient
# about: relu and abs have no slope at zero for autograd, but the loss has
import torch


def logistic_loss(f, y):
    t = -y * f
    return torch.relu(t) + torch.log1p(torch.exp(-t.abs()))
