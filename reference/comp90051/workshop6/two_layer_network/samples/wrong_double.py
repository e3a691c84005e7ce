# verdict: partial
# diagnosis: wrong_dtype
# about: f in double precision, whatever the inputs are
import torch
def two_layer_network(a, b, w0, w1, v):
    u = a*w0 + b*w1
    return u, (v*u).double()
