# verdict: partial
# diagnosis: input_changed
# about: x and z are copied, y is not: where it requires a gradient, backward gives it one
import torch
def weighted_dot_gradients(x, y, z):
    a, c = x.detach().requires_grad_(), z.detach().requires_grad_()
    (a * y @ c).backward()   # y that requires a gradient receives one
    return a.grad, c.grad
