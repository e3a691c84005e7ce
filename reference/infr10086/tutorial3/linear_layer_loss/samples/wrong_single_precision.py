# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and casts the loss back
import torch.nn.functional as F


def linear_layer_loss(layer, x_i, y_i):
    scores = layer.weight.float() @ x_i.float() + layer.bias.float()
    return F.cross_entropy(scores, y_i).to(x_i.dtype)
