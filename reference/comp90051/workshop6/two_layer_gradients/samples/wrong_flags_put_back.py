# verdict: partial
# diagnosis: input_changed
# about: puts the flags back, but leaves gradients behind
import torch
def two_layer_gradients(a, b, y, w0, w1, v):
    old=[t.requires_grad for t in (w0,w1,v)]
    for t in (w0,w1,v): t.requires_grad_(True); t.grad=None
    ((v*(a*w0+b*w1)-y)**2).backward()
    g = w0.grad, w1.grad, v.grad
    for t,o in zip((w0,w1,v),old): t.requires_grad_(o)
    return g
