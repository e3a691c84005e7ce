# verdict: accepted
# about: a module with three parameters
import torch
class Net(torch.nn.Module):
    def __init__(s, w0, w1, v):
        super().__init__()
        s.w0 = torch.nn.Parameter(w0.detach().clone()); s.w1 = torch.nn.Parameter(w1.data.clone()); s.v = torch.nn.Parameter(v.detach().clone())
    def forward(s, a, b): return s.v * (a * s.w0 + b * s.w1)
def two_layer_gradients(a, b, y, w0, w1, v):
    net = Net(w0, w1, v)
    with torch.enable_grad():
        loss = torch.nn.MSELoss(reduction="mean")(net(a.detach(), b.detach()), y.detach())
    loss.backward()
    return tuple(p.grad for p in net.parameters())
