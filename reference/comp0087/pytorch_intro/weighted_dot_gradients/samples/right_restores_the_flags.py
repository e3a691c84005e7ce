# verdict: accepted
# about: differentiates with respect to the inputs and puts requires_grad back
import torch
def weighted_dot_gradients(x, y, z):
    # works on the inputs but restores everything
    flags = x.requires_grad, z.requires_grad
    x.requires_grad_(); z.requires_grad_()
    g = torch.autograd.grad(x*y@z, (x, z))
    x.requires_grad_(flags[0]); z.requires_grad_(flags[1])
    return g
