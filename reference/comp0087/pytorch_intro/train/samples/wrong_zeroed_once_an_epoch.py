# verdict: partial
# diagnosis: accumulated_gradient
# about: gradients pile up within an epoch (right for a single batch)
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        opt.zero_grad()
        total = 0
        for x, y in batches:
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.step()
            total += loss.item()
        means.append(total / len(batches))
    return means
