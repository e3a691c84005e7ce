# verdict: partial
# diagnosis: wrong_gradient
# about: saves the input and multiplies by it without exp
import torch


class MyExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        ctx.save_for_backward(i)
        return i.exp()

    @staticmethod
    def backward(ctx, grad_output):
        i, = ctx.saved_tensors
        return grad_output * i
