# verdict: accepted
# about: without staticmethod, as in old tutorials: torch calls forward on the class, so self is the context
import torch


class MyExp(torch.autograd.Function):
    def forward(self, i):
        self.result = i.exp()
        return self.result

    def backward(self, grad_output):
        return grad_output * self.result
