# verdict: accepted
# about: numpy for the numbers, the result kept as an attribute of ctx
import numpy as np
import torch


class MyExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = np.exp(x.detach().numpy())
        ctx.y = torch.as_tensor(y)
        return torch.as_tensor(y, dtype=x.dtype)

    @staticmethod
    def backward(ctx, grad_output):
        return ctx.y * grad_output
