# verdict: accepted
# about: new tensors from the old ones' data, with a warning from torch
import torch


def weighted_dot_gradients(x, y, z):
    x1 = torch.tensor(x, requires_grad=True)
    z1 = torch.tensor(z, requires_grad=True)
    out = 0
    for i in range(x1.shape[0]):
        out = out + x1[i] * y[i].item() * z1[i]
    grads = torch.autograd.grad(out, [x1, z1])
    return grads[0], grads[1]


x = torch.tensor([-1.5, 1.2], requires_grad=True)
y = torch.tensor([1.0, -1.3])
z = torch.tensor([-2.0, 0.2], requires_grad=True)
print(weighted_dot_gradients(x, y, z))
