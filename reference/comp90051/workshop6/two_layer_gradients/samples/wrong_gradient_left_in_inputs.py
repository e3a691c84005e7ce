# verdict: partial
# diagnosis: input_changed
# about: backward also fills .grad of inputs and target, where they require a gradient
import torch
def two_layer_gradients(a, b, y, w0, w1, v):
    p, q, r = [t.detach().clone().requires_grad_() for t in (w0, w1, v)]
    L=(r*(a*p+b*q)-y)**2
    L.backward()
    return p.grad, q.grad, r.grad
