# verdict: partial
# diagnosis: input_changed
# about: training mode afterwards, whatever it was before
import torch


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        right = (model(x).argmax(dim=1) == y).double().mean().item()
    model.train()
    return right
