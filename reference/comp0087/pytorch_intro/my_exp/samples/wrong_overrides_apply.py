# verdict: wrong_answer
# diagnosis: forbidden_operation
# about: a Function in name only: apply is torch's exp
import torch


class MyExp(torch.autograd.Function):
    @staticmethod
    def apply(x):
        return torch.exp(x)
