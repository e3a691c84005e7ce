# verdict: accepted
# about: a custom autograd function for a step, a loop over entries for the sum
import torch


class Step(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.factor = 0.5 if x.sum() > 0 else 3.0
        return x / 2 if ctx.factor == 0.5 else 3 * x + 1

    @staticmethod
    def backward(ctx, grad):
        return ctx.factor * grad


def dynamic_graph(x, n):
    for _ in range(n):
        x = Step.apply(x)
    total = 0
    for entry in x:
        total = total + entry
    return total
