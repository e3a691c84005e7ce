# verdict: accepted
# about: torch.func.grad with respect to two arguments
import torch


def weighted_dot_gradients(x, y, z):
    def r(x, y, z):
        return torch.dot(x * y, z)

    return torch.func.grad(r, argnums=(0, 2))(x, y, z)
