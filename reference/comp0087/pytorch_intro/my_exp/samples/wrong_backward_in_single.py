# verdict: partial
# diagnosis: low_precision
# about: multiplies in single precision on the way back
import torch
class MyExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y
    @staticmethod
    def backward(ctx, g):
        y, = ctx.saved_tensors
        return (g.float() * y.float()).to(g.dtype)
