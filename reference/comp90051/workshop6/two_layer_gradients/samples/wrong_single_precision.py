# verdict: partial
# diagnosis: wrong_dtype
# about: new tensors in float32
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    w0 = torch.tensor(w0.item(), requires_grad=True)
    w1 = torch.tensor(w1.item(), requires_grad=True)
    v = torch.tensor(v.item(), requires_grad=True)
    loss = (v * (a.item() * w0 + b.item() * w1) - y.item()) ** 2
    return torch.autograd.grad(loss, [w0, w1, v])
