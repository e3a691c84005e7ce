# verdict: partial
# diagnosis: input_changed
# about: goes on to take a step, in memory that is shared with the inputs
import torch
def two_layer_gradients(a, b, y, w0, w1, v):
    p, q, r = [t.detach().requires_grad_() for t in (w0, w1, v)]
    g = torch.autograd.grad((r*(a*p+b*q)-y)**2,(p,q,r))
    with torch.no_grad():
        for t, d in zip((p,q,r), g): t -= 0.1*d
    return g
