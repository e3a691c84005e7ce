# verdict: partial
# diagnosis: exception
# about: compares with autograd in place of quotients
import torch
def gradients_agree(f, grad_f, x, eps, tol):
    p = x.clone().requires_grad_()
    f(p).backward()
    return (p.grad - grad_f(x)).abs().max().item() <= tol
