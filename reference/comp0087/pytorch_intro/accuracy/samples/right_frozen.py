# verdict: accepted
# about: freezes the parameters, so that there is nothing to build a graph for
def accuracy(model, x, y):
    flags = [p.requires_grad for p in model.parameters()]
    for p in model.parameters():
        p.requires_grad_(False)
    hits = model(x).argmax(1).eq(y).sum().item()
    for p, flag in zip(model.parameters(), flags):
        p.requires_grad_(flag)
    return hits / y.numel()
