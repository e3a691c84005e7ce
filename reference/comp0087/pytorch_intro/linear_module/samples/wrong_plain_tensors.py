# verdict: runtime_error
# diagnosis: not_registered
# about: tensors that require gradients, but no parameters
import torch


class LinearModule(torch.nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.W = torch.randn(y_dim, x_dim, requires_grad=True)
        self.b = torch.randn(y_dim, requires_grad=True)

    def forward(self, x):
        return self.W @ x + self.b
