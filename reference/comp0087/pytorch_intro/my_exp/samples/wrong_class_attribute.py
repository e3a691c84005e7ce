# verdict: partial
# diagnosis: wrong_gradient
# about: keeps the result on the class, where the next call overwrites it
import torch


class MyExp(torch.autograd.Function):
    saved = {}

    @staticmethod
    def forward(ctx, x):
        y = torch.exp(x)
        MyExp.saved[tuple(x.shape)] = y
        return y

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * MyExp.saved[tuple(grad_output.shape)]
