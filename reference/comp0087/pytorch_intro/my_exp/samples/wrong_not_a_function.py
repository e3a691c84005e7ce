# verdict: wrong_answer
# diagnosis: wrong_type
# about: a plain class around torch.exp
import torch


class MyExp:
    @staticmethod
    def apply(x):
        return torch.exp(x)
