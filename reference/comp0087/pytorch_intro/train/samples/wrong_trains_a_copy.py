# verdict: partial
# diagnosis: state_not_changed
# about: the losses are right, but the model handed in stays as it was
import copy

from torch import nn, optim


def train(model, batches, lr, epochs):
    model = copy.deepcopy(model)
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            opt.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.step()
            total += loss.item()
        means.append(total / len(batches))
    return means
