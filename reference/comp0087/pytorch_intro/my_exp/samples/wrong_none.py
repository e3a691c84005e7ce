# verdict: partial
# diagnosis: missing_gradient
# about: the backward pass forgets its return
import torch


class MyExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.exp(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, grad_output):
        y, = ctx.saved_tensors
        grad = grad_output * y
