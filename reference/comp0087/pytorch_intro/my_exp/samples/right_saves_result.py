# verdict: accepted
# about: the usual way, saves the result
import torch
from torch.autograd import Function


class MyExp(Function):
    @staticmethod
    def forward(ctx, inp):
        out = inp.exp()
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        out, = ctx.saved_tensors
        grad = grad_output.clone()
        grad *= out
        return grad


if __name__ == "__main__":
    x = torch.tensor([0.5], requires_grad=True)
    MyExp.apply(x).backward()
    print(x.grad)
