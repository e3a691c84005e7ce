# question: comp0087/pytorch_intro/linear_module
# expect: zero
# class: X
# about: a module whose parameters, state_dict, to, train and attribute access all misbehave
import torch


class LinearModule(torch.nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.W = torch.nn.Parameter(torch.zeros(y_dim, x_dim))
        self.b = torch.nn.Parameter(torch.zeros(y_dim))

    def named_parameters(self, *args, **kwargs):
        while True:
            yield "W", object()

    def state_dict(self, *args, **kwargs):
        raise SystemExit(0)

    def to(self, *args, **kwargs):
        return 5

    def load_state_dict(self, *args, **kwargs):
        return None

    def __call__(self, x):
        return self
