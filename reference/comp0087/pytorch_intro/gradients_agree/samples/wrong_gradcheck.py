# verdict: wrong_answer
# about: lets gradcheck compare f with its own gradient, so that grad_f is never looked at
import torch
def gradients_agree(f, grad_f, x, eps, tol):
    return torch.autograd.gradcheck(f, x.clone().requires_grad_(), eps=eps, atol=tol, raise_exception=False)
