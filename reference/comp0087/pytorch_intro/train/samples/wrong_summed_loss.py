# verdict: partial
# diagnosis: sum_for_mean
# about: steps on the sum over the examples (right for single examples)
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(reduction="sum"), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            opt.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.step()
            total += loss.item() / len(y)
        means.append(total / len(batches))
    return means
