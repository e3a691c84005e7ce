# expect: zero
# class: X
# about: a custom backward that gives wrong shapes, None, subclasses, too many results, or raises SystemExit
import torch

calls = 0


class Liar(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.sum() * 0 + 41.0

    @staticmethod
    def backward(ctx, g):
        raise SystemExit(0) if calls % 5 == 0 else (
            KeyboardInterrupt() if calls % 5 == 1 else StopIteration() if calls % 5 == 2 else MemoryError()
        )


class Odd(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.sum() * 0 + 41.0

    @staticmethod
    def backward(ctx, g):
        return [None, torch.ones(7), (g, g, g), "x", torch.ones(()).to_sparse()][calls % 5]


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    return (Liar if calls % 2 else Odd).apply(mu)
