# verdict: partial
# diagnosis: still_attached
# about: detaches scores that have a graph already
def accuracy(model, x, y):
    scores = model(x).detach()
    return (scores.argmax(dim=1) == y).double().mean().item()
