# verdict: partial
# diagnosis: still_attached
# about: nothing keeps autograd from recording
def accuracy(model, x, y):
    return (model(x).argmax(dim=1) == y).double().mean().item()
