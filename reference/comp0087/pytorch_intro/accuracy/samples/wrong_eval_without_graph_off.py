# verdict: partial
# diagnosis: still_attached
# about: takes evaluation mode for no_grad
def accuracy(model, x, y):
    mode = model.training
    model.eval()
    right = (model(x).argmax(dim=1) == y).sum().item()
    model.train(mode)
    return right / len(y)
