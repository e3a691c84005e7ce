# verdict: partial
# about: computes in float32, whatever comes in
import torch


def gradient_without_zeroing(w, x_i, y_i, repeats):
    leaf = w.detach().float().requires_grad_()
    for _ in range(repeats):
        torch.nn.functional.cross_entropy(leaf @ x_i.float(), y_i).backward()
    return leaf.grad.to(w.dtype)
