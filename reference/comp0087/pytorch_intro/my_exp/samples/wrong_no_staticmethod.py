# verdict: runtime_error
# diagnosis: exception
# about: methods without staticmethod, as in old tutorials
import torch


class MyExp(torch.autograd.Function):
    def forward(self, i):
        self.result = i.exp()
        return self.result

    def backward(self, grad_output):
        return grad_output * self.result
