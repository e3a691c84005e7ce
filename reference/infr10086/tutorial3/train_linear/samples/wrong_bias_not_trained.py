# verdict: wrong_answer
# about: only the weight is updated
import torch


def train_linear(layer, xs, ys, lr):
    losses = []
    for x, y in zip(xs, ys):
        loss = torch.nn.functional.cross_entropy(layer(x), y)
        losses.append(loss.item())
        (g,) = torch.autograd.grad(loss, layer.weight)
        with torch.no_grad():
            layer.weight -= lr * g
    return losses
