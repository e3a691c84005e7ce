# verdict: accepted
# about: a Function with its own backward pass
import torch


class HalfSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, f, y):
        ctx.save_for_backward(f - y)
        return torch.square(f - y).mul(0.5)

    @staticmethod
    def backward(ctx, grad):
        (error,) = ctx.saved_tensors
        return grad * error, -grad * error


def least_squares(f, y):
    return HalfSquare.apply(f, y)
