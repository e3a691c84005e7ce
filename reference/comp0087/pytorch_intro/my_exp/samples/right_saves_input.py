# verdict: accepted
# about: saves the input and computes the exponential again, once differentiable
import torch
from torch.autograd.function import once_differentiable


class MyExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.pow(torch.e, x)

    @staticmethod
    @once_differentiable
    def backward(ctx, dL_dy):
        x = ctx.saved_tensors[0]
        return torch.exp(x).mul(dL_dy)
