# verdict: accepted
# about: an autograd Function with a derivative of its own
import torch


class _LL(torch.autograd.Function):
    @staticmethod
    def forward(ctx, m):
        ctx.save_for_backward(m)
        return torch.maximum(-m, torch.zeros_like(m)) + torch.log1p(torch.exp(-m.abs()))
    @staticmethod
    def backward(ctx, g):
        (m,) = ctx.saved_tensors
        return -g * torch.sigmoid(-m)


def log_loss(X, y, w):
    return _LL.apply(y * (X @ w)).sum()
