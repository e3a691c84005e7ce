# verdict: partial
# diagnosis: missing_gradient
# about: the weight of the second layer is cut off
import torch
def two_layer_network(a, b, w0, w1, v):
    u = a*w0 + b*w1
    return u, v.detach()*u
