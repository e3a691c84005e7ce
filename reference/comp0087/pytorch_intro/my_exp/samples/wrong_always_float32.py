# verdict: partial
# diagnosis: wrong_dtype
# about: goes through Python floats and comes back as float32
import math

import torch


class MyExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.tensor([math.exp(v) for v in x.flatten().tolist()]).reshape(x.shape)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, grad_output):
        y, = ctx.saved_tensors
        return grad_output * y
