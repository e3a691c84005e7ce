# verdict: partial
# about: computes in float32 and converts back
import torch
def two_layer_network(a, b, w0, w1, v):
    u = a.float() * w0.float() + b.float() * w1.float()
    f = v.float() * u
    return u.to(w0.dtype), f.to(w0.dtype)
