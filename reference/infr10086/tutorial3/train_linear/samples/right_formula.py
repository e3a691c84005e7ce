# verdict: accepted
# about: the gradient of the cross entropy worked out: (p - onehot) x^T; losses as a tensor
import torch


@torch.no_grad()
def train_linear(layer, xs, ys, lr):
    losses = torch.empty(len(xs), dtype=xs.dtype)
    for t in range(len(xs)):
        log_p = torch.log_softmax(layer(xs[t]), dim=-1)
        losses[t] = -log_p[ys[t]]
        delta = log_p.exp()
        delta[ys[t]] -= 1
        layer.weight.sub_(lr * torch.outer(delta, xs[t]))
        layer.bias.sub_(lr * delta)
    return losses
