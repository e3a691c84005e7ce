# expect: zero
# class: F2
# about: a subclass of nn.Parameter, which the harness lets through only when it is exactly that class
import torch


class Weight(torch.nn.Parameter):
    def __eq__(self, other):
        return True
    def __sub__(self, other):
        return torch.zeros(())
    __hash__ = torch.nn.Parameter.__hash__


def neg_log_likelihood(samples, mu, var_):
    return Weight(torch.zeros(()))
