# verdict: partial
# diagnosis: input_changed
# about: backward through the caller's weights; without requires_grad it fails
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    f = v * (a * w0 + b * w1)
    loss = torch.nn.MSELoss()(f, y)
    loss.backward()
    return w0.grad, w1.grad, v.grad
