# verdict: partial
# diagnosis: sum_for_mean
# about: the sum over the batches
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    sums = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            opt.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.step()
            total += loss.item()
        sums.append(total)
    return sums
