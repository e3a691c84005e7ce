# verdict: accepted
# about: torch.autograd.functional, on plain data
from torch.autograd.functional import jacobian


def weighted_dot_gradients(x, y, z):
    dx, dz = jacobian(lambda a, c: (a * y.data * c).sum(), (x.data, z.data))
    return dx, dz
