# expect: at most time_limit, wrong_answer
# class: R
# about: a custom autograd function whose backward never returns
import torch


class Stuck(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.sum() * 0 + 41.0

    @staticmethod
    def backward(ctx, g):
        while True:
            pass


def neg_log_likelihood(samples, mu, var_):
    return Stuck.apply(mu)
