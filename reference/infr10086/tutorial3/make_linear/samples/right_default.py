# verdict: accepted
# about: the layer as it comes
import torch


def make_linear(in_features, out_features):
    layer = torch.nn.Linear(in_features, out_features)
    print(list(layer.parameters()))
    return layer
