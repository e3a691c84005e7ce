# verdict: partial
# diagnosis: input_changed
# about: never goes back to training mode
import torch


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).double().mean().item()
