# verdict: accepted
# about: a linear loss whose gradient is g, a learning rate tensor, and autograd on a copy
import torch
def sgd_step(p, g, lr):
    x = p.clone().requires_grad_(True)
    (x @ g).backward()
    return (x - torch.tensor(lr) * x.grad).detach()
