# verdict: accepted
# about: one class at a time, exponentials written out
import torch


def linear_layer_loss(layer, x_i, y_i):
    scores = []
    for c in range(layer.out_features):
        scores.append(torch.dot(layer.weight[c], x_i) + layer.bias[c])
    top = max(s.item() for s in scores)
    total = 0
    for s in scores:
        total = total + torch.exp(s - top)
    return torch.log(total) + top - scores[int(y_i)]
