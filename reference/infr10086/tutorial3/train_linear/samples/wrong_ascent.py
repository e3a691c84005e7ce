# verdict: wrong_answer
# diagnosis: sign
# about: goes uphill
import torch


def train_linear(layer, xs, ys, lr):
    losses = []
    for x, y in zip(xs, ys):
        layer.zero_grad()
        loss = torch.nn.functional.cross_entropy(layer(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in layer.parameters():
                p += lr * p.grad
    return losses
