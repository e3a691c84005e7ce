# verdict: partial
# diagnosis: wrong_value
# about: computes in float32 and converts back
import torch
def two_layer_gradients(a, b, y, w0, w1, v):
    dt = a.dtype
    a, b, y, w0, w1, v = (t.detach().float().requires_grad_() for t in (a, b, y, w0, w1, v))
    L = (v * (a * w0 + b * w1) - y).square()
    return [t.to(dt) for t in torch.autograd.grad(L, (w0, w1, v))]
